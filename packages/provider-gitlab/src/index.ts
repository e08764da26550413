export type { GitlabConfig } from './config.js';
export { gitlabPlugin } from './plugin.js';
export type { GitlabProvider } from './provider.js';
export type { GitlabSession } from './session.js';
