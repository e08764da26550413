/**
 * A process that moves a data folder to a PostgreSQL: `node … moving-process.ts FOLDER URL`. It writes the name of each
 * table that it has copied.
 */
import { moveToPostgres } from '../store/moving/move-to-postgres.js';

const [, , dataDirectory = '', url = ''] = process.argv;
await moveToPostgres({
  dataDirectory,
  database: { url },
  now: () => new Date(),
  onTable: ({ table }) => process.stdout.write(`${table}\n`),
});
