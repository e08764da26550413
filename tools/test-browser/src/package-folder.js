// @ts-check
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Where the package with the browser is installed. */
export const packageFolder = join(
  dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')),
  '..',
);
