import { openBrowser } from '@anyforge/test-browser';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startDemo } from '../demo.js';
import { ifFree } from '../server/ports.js';
import { looks } from './looks.js';
import { shots } from './shots.js';
import { smallPng } from './small-png.js';
import { Camera } from './take.js';

/** The moment on all pictures. Cookies last for weeks from the demo's time on, so it must not be long before today. */
const moment = new Date('2027-03-11T09:41:00Z');
const port = 4400;
const forgePort = 4410;
const usualFolder = fileURLToPath(new URL('../../../../docs/images/', import.meta.url));

const { positionals: wanted, values } = parseArgs({
  allowPositionals: true,
  options: { into: { type: 'string', default: usualFolder } },
});
const { into: folder } = values;
const chosen = shots.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
if (chosen.length === 0) throw new Error(`There are: ${shots.map(({ name }) => name).join(', ')}`);

await mkdir(folder, { recursive: true });
const ports = { port: await ifFree(port, 1), forgePort: await ifFree(forgePort, 6) };
if (ports.port === undefined || ports.forgePort === undefined)
  process.stderr.write('Ports are taken: where pictures show addresses, they will differ.\n');
const demo = await startDemo({ ...ports, today: moment });
try {
  const browser = await openBrowser();
  try {
    const camera = new Camera(browser, demo, moment);
    for (const shot of chosen) {
      for (const look of looks) {
        const name = `${shot.name}-${look.name}.png`;
        const picture = smallPng(await camera.take(shot, look));
        await writeFile(join(folder, name), picture);
        process.stdout.write(`${name} ${String(Math.round(picture.length / 1024))} kB\n`);
      }
    }
  } finally {
    await browser.close();
  }
} finally {
  await demo.close();
}
