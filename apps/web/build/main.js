// @ts-check
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { putInPlace } from './put-in-place.js';

// A folder of its own, so that builds at the same time do not write into one another. Only one that has ended well takes the
// place of the one before, which is served until then.
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}node_modules/.vite/page-${String(process.pid)}`;
try {
  await build({ root, build: { outDir: folder, emptyOutDir: true } });
  await putInPlace(folder, `${root}dist`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
