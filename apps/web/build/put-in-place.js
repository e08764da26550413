// @ts-check
import { rename, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

// Only a build that has ended well takes the place of the one before, which is served until then.
const [built, place, former] = ['node_modules/.vite/page/', 'dist/', 'node_modules/.vite/page-before/'].map(
  (path) => fileURLToPath(new URL(`../${path}`, import.meta.url)),
);
if (built === undefined || place === undefined || former === undefined) throw new Error('A path is missing.');

await rm(former, { recursive: true, force: true });
await rename(place, former).catch((error) => {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
});
await rename(built, place);
await rm(former, { recursive: true, force: true });
