// @ts-check
import { running } from './running-postgres.js';

/** After the last test on PostgreSQL. */
export default async function stopPostgres() {
  await running.postgres?.stop();
}
