// @ts-check
import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const loader = new URL('typescript-loader.js', import.meta.url).href;
const program = fileURLToPath(new URL('make-database-file.ts', import.meta.url));

/**
 * Before the first test on the embedded database: makes the one that theirs are copies of. The processes in which they
 * run inherit its folder.
 */
export default async function startSqlite() {
  const folder = await mkdtemp(join(tmpdir(), 'anyforge-template-'));
  process.env['ANYFORGE_TEST_SQLITE'] = folder;
  const flags = ['--conditions', '@anyforge/source', '--import', loader];
  await promisify(execFile)(process.execPath, [...flags, program, folder]);
}
