// @ts-check
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { putInPlace } from './put-in-place.js';

// A folder of its own, so that builds at the same time do not write into one another. Only one that has ended well takes the
// place of the one before, which is served until then.
const root = fileURLToPath(new URL('..', import.meta.url));
const builds = `${root}node_modules/.vite`;
await mkdir(builds, { recursive: true });
const folder = await mkdtemp(`${builds}/page-`);
// Below it: the folder itself is for nobody else to read.
const page = `${folder}/page`;
try {
  await build({ root, build: { outDir: page, emptyOutDir: true } });
  await putInPlace(page, `${root}dist`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
