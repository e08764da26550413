export type { Reply } from './api-client.js';
export { ApiClient } from './api-client.js';
export { inBrowser, joinAs, makeApiToken, signInAs, signInAsAdministrator, testPassword } from './sign-in.js';
export type { TestServer, TestServerOptions } from './start-test-server.js';
export { startTestServer } from './start-test-server.js';
export { findPageDirectory } from '../page-directory.js';
export { inspectApplication, listRoutes } from './served-routes.js';
