import { people as en } from './en/people.js';

export const peopleTexts = { en };
