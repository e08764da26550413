import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GithubSimulator } from '@anyforge/forge-simulator';
import { generateWorld, reachOf, startGithubSimulator } from '@anyforge/forge-simulator';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('./main.js', import.meta.url));

/** Runs the program as its README says, with the built packages. */
function run(token: string, ...args: string[]) {
  return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(process.execPath, [main, ...args], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, stdout, stderr });
    });
    child.stdin?.end(token);
  });
}

describe('the program that lists repositories', () => {
  const { world, viewer } = generateWorld({ repositories: 120 });
  let github: GithubSimulator;

  beforeAll(async () => {
    github = await startGithubSimulator({ world, profile: 'enterprise-server' });
  });
  afterAll(() => github.close());

  it('prints who the token is and every repository with the permission', async () => {
    const token = github.tokens.issue({
      kind: 'classic',
      person: viewer,
      scopes: ['repo', 'read:org'],
      expiresAt: new Date('2027-01-31T00:00:00Z'),
    });
    const { code, stdout, stderr } = await run(`${token}\n`, 'github', '--base-url', github.webUrl);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Signed in:     ada (Ada Viewer)');
    expect(stdout).toContain('Missing:       read:user');
    expect(stdout).toContain('Expires:       2027-01-31T00:00:00.000Z');
    expect(stdout).toContain('Organizations: org-1, org-2, org-3');
    for (const [{ path, visibility }, { level }] of reachOf(world, viewer)) {
      expect(stdout).toContain(`${level.padEnd(9)} ${visibility.padEnd(9)} ${path}\n`);
    }
    expect(stdout).toContain('120 repositories.');
  });

  it.each([
    ['a bad token', 'ghp_wrong', /^The forge answered 401: Bad credentials\. Sign in again.*\n$/],
    ['no token', '', /^Give the token on standard input\.\n$/],
  ])('says in one line what is wrong with %s', async (_, token, words) => {
    const { code, stdout, stderr } = await run(token, 'github', '--base-url', github.webUrl);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(words);
  });

  it('says in one line what is wrong with its arguments', async () => {
    expect(await run('x', 'svn')).toMatchObject({ code: 1, stderr: 'Name a forge: github.\n' });
    expect(await run('x', 'github', 'twice')).toMatchObject({ code: 1, stderr: 'Name a forge: github.\n' });
    const address = await run('x', 'github', '--base-url', 'nonsense');
    expect(address).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('baseUrl: Give a web address'),
    });
    expect(await run('x', 'github', '--bse-url', 'y')).toMatchObject({ code: 1 });
  });
});
