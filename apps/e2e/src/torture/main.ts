import { help, readCommand } from './command-line.js';
import { startTorture } from './command.js';

const command = readCommand(process.argv.slice(2));
if (command.kind === 'start') process.exitCode = await startTorture(command, process.stdout);
else if (command.kind === 'help') process.stdout.write(help);
else {
  process.stderr.write(`${command.reason}\n`);
  process.exitCode = 2;
}
