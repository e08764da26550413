import { syncs as en } from './en/syncs.js';

export const syncsTexts = { en };
