import { session as en } from './en/session.js';

export const sessionTexts = { en };
