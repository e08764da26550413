// @ts-check
import { startTestPostgres } from '@anyforge/test-postgres';
import { running } from './running-postgres.js';

/** Before the first test on PostgreSQL: the processes in which they run inherit the address. */
export default async function startPostgres() {
  running.postgres = await startTestPostgres();
  process.env['ANYFORGE_TEST_POSTGRES'] = running.postgres.url;
}
