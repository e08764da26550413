// @ts-check
// What `npm start` runs: builds what has changed, then becomes the server, so that a signal to this process is one to it.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

process.stderr.write('Building what has changed…\n');
const nx = createRequire(import.meta.url).resolve('nx/bin/nx.js');
const root = fileURLToPath(new URL('../..', import.meta.url));
try {
  execFileSync(process.execPath, [nx, 'build', '@anyforge/server'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
} catch {
  process.stderr.write('The server could not be built. See: npx nx build @anyforge/server\n');
  process.exit(1);
}
const main = new URL('dist/main.js', import.meta.url);
if (!existsSync(main)) {
  process.stderr.write('The build cache does not fit what is on the disk. Run: npx nx reset\n');
  process.exit(1);
}
await import(main.href);
