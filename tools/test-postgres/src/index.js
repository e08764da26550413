// @ts-check
export { dropTestDatabase, newTestDatabase } from './databases.js';
export { startTestPostgres } from './start-test-postgres.js';
