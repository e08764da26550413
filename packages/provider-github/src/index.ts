export type { GithubConfig } from './config.js';
export { githubPlugin } from './plugin.js';
export type { GithubProvider } from './provider.js';
export type { GithubSession } from './session.js';
