export type { Reply } from './api-client.js';
export { ApiClient } from './api-client.js';
export { ServerProcess } from './server-process.js';
