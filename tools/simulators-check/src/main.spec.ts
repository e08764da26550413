import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descriptions-'));
});
afterAll(() => rm(folder, { recursive: true }));

function check(...parameters: string[]): Promise<{ readonly code: number; readonly words: string }> {
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const node = ['--conditions=@anyforge/source', '--import', './src/typescript.js', 'src/main.ts'];
  // Jest's own options are for it alone.
  const env = { ...process.env, NODE_OPTIONS: '' };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [...node, ...parameters],
      { cwd, env },
      (_error, out, errors) => {
        resolve({ code: child.exitCode ?? -1, words: out + errors });
      },
    );
  });
}

describe('the command', () => {
  it('says what it wants when it is not told where the descriptions are', async () => {
    expect(await check()).toMatchObject({ code: 2, words: expect.stringMatching('Usage: ') });
  });

  it('says which folder is not there', async () => {
    const missing = join(folder, 'nothing');
    expect(await check(missing)).toMatchObject({ code: 2, words: expect.stringMatching(missing) });
  });

  it('says which description is not there, and which is none', async () => {
    expect(await check(folder)).toMatchObject({
      code: 2,
      words: expect.stringMatching('github.json cannot be read'),
    });
    await writeFile(join(folder, 'github.json'), '{}');
    expect(await check(folder)).toMatchObject({
      code: 2,
      words: expect.stringMatching('github.json is not an OpenAPI description'),
    });
  }, 30_000);
});
