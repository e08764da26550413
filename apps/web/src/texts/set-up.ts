import { setUp as en } from './en/set-up.js';

export const setUpTexts = { en };
