import { startTorture } from './command.js';

process.exitCode = await startTorture(process.argv.slice(2), process.stdout);
