// @ts-check
import { rm } from 'node:fs/promises';

/** After the last test on the embedded database. */
export default async function stopSqlite() {
  const folder = process.env['ANYFORGE_TEST_SQLITE'];
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
}
