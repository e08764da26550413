import { once } from 'node:events';
import { help, readCommand } from './command-line.js';
import type { Demo } from './demo.js';
import { startDemo } from './demo.js';
import { ifFree } from './server/ports.js';
import { tourOf } from './tour.js';

const usualPort = 4400;
const usualForgePort = 4410;
const forgePorts = 6;

async function run(port: number | undefined, dataDirectory: string | undefined): Promise<void> {
  const asked = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  const demo: Demo = await startDemo({
    port: port ?? (await ifFree(usualPort, 1)),
    forgePort: await ifFree(usualForgePort, forgePorts),
    dataDirectory,
    today: new Date(),
    onProgress: (words) => {
      process.stderr.write(`  ${words} …\n`);
    },
  });
  process.stdout.write(tourOf(demo));
  await asked;
  await demo.close();
}

const command = readCommand(process.argv.slice(2));
if (command.kind === 'help') process.stdout.write(help);
else if (command.kind === 'refused') {
  process.stderr.write(`${command.reason}\n\n${help}`);
  process.exitCode = 1;
} else {
  try {
    await run(command.port, command.dataDirectory);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
