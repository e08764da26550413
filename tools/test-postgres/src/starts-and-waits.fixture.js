// @ts-check
/** A process that starts a PostgreSQL, tells its address and never ends by itself. */
import { startTestPostgres } from './index.js';

const { url } = await startTestPostgres();
process.stdout.write(`${url}\n`);
process.stdin.resume();
