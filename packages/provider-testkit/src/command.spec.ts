import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../bin/anyforge-contract.js', import.meta.url));

/** Runs the command where this package's Jest is found. */
function run(...parameters: readonly string[]): { readonly status: number | null; readonly text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...parameters], {
    encoding: 'utf8',
  });
  return { status, text: stdout + stderr };
}

describe('the command', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'anyforge-command-'));
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'package.json'), '{ "jest": { "transform": {} } }');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const runSpec = (text: string): ReturnType<typeof run> => {
    writeFileSync(join(folder, 'src/contract.spec.js'), text);
    return run('contract', folder);
  };
  const pass = '() => {}';

  it('says how it is used, and that is no failure', () => {
    expect(run('--help')).toEqual({
      status: 0,
      text: expect.stringMatching(/^anyforge-contract \[contract/),
    });
    expect(run('contracts').status).toBe(2);
  });

  it('refuses a folder that has no contract, or that there is not', () => {
    expect(run('contract', folder)).toEqual({
      status: 1,
      text: `There is no contract.spec file in ${folder}.\n`,
    });
    expect(run('contract', `${folder}-misspelt`).status).toBe(1);
  });

  it('succeeds when every case was run and passed', () => {
    const { status, text } = runSpec(`describe('contract: X', () => { it('is whole', ${pass}); });`);
    expect(text).toMatch('1 forge, 1 case: 1 passed');
    expect(status).toBe(0);
  });

  it.each([
    ['fails', "it('is whole', () => { throw new Error('not whole'); });", 'not whole'],
    ['is skipped', `it('is whole', ${pass}); it.skip('is empty', ${pass});`, 'Not all cases were run for X'],
    [
      'is the only one',
      `it.only('is whole', ${pass}); it('is empty', ${pass});`,
      'Not all cases were run for X',
    ],
    ['ends the process', "it('is whole', () => process.exit(0));", 'Jest ended before it had run everything'],
  ])('fails when a case %s', (_, cases, words) => {
    const { status, text } = runSpec(`describe('contract: X', () => { ${cases} });`);
    expect(text).toMatch(words);
    expect(status).toBe(1);
  });

  it('fails when a folder has a contract file that runs none', () => {
    const { status, text } = runSpec(`it('is whole', ${pass});`);
    expect(text).toMatch(`Nothing was run in`);
    expect(status).toBe(1);
  });

  it('fails when a file cannot be read', () => {
    const { status, text } = runSpec('this is no program');
    expect(text).toMatch('could not be run');
    expect(status).toBe(1);
  });
});
