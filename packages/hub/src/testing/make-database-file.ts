/** Makes an embedded database that has its tables and nothing in them: `node … make-database-file.ts FOLDER`. */
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.js';

const [, , dataDirectory = ''] = process.argv;
await (await openSqliteStore(dataDirectory, () => new Date(0))).close();
