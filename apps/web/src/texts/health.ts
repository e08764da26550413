import { health as en } from './en/health.js';

export const healthTexts = { en };
