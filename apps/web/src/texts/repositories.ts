import { repositories as en } from './en/repositories.js';

export const repositoriesTexts = { en };
