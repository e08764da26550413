import { account as en } from './en/account.js';

export const accountTexts = { en };
