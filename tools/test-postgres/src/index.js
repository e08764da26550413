// @ts-check
export { newTestDatabase } from './databases.js';
export { startTestPostgres } from './start-test-postgres.js';
