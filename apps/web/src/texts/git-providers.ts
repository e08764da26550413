import { gitProviders as en } from './en/git-providers.js';

export const gitProvidersTexts = { en };
