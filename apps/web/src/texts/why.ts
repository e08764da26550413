import { why as en } from './en/why.js';

export const whyTexts = { en };
