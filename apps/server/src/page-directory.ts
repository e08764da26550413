import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the package of the page has what its build makes, whether it has been built or not. */
export function findPageDirectory(): string {
  return dirname(fileURLToPath(import.meta.resolve('@anyforge/web/index.html')));
}
