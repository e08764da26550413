export type { GiteaConfig } from './config.js';
export { giteaPlugin } from './plugin.js';
export type { GiteaProvider } from './provider.js';
export type { GiteaSession } from './session.js';
