import { repository as en } from './en/repository.js';

export const repositoryTexts = { en };
