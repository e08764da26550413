export type { BitbucketAnswer, BitbucketClient } from './cloud/client.js';
export type { BitbucketConfig, BitbucketOAuthConfig } from './cloud/config.js';
export { bitbucketPlugin } from './cloud/plugin.js';
export type { BitbucketProvider } from './cloud/provider.js';
export type { BitbucketSession } from './cloud/session.js';
export type { BitbucketDataCenterConfig, BitbucketDataCenterOAuthConfig } from './data-center/config.js';
export { bitbucketDataCenterPlugin } from './data-center/plugin.js';
export type { BitbucketDataCenterProvider } from './data-center/provider.js';
export type { BitbucketDataCenterSession } from './data-center/session.js';
