import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { AccessRules, GithubSimulator, Repository } from '@anyforge/forge-simulator';
import {
  bitbucketDataCenterRules,
  generateWorld,
  giteaRules,
  gitlabRules,
  reachOf,
  startGithubSimulator,
} from '@anyforge/forge-simulator';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { simulators } from './simulators.js';

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

interface Listing {
  readonly pathOf?: (repository: Repository) => string;
  readonly rules?: AccessRules;
}

/** How each forge names what its world has. */
const listings: Readonly<Record<string, Listing>> = {
  github: {},
  gitlab: { rules: gitlabRules },
  bitbucket: {},
  'bitbucket-data-center': {
    rules: bitbucketDataCenterRules,
    pathOf: ({ path, owner }) => (owner.type === 'person' ? `~${path}` : path),
  },
  gitea: { rules: giteaRules },
};

// Every test starts a process of its own, which takes seconds on a busy machine.
jest.setTimeout(30_000);

describe('the program that lists repositories', () => {
  it.each(Object.entries(simulators))(
    'prints who the token is and every repository with the permission: %s',
    async (type, start) => {
      const { simulator, viewer, token, options } = await start(250);
      try {
        const { code, stdout, stderr } = await run(`${token}\n`, type, ...options);
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        expect(stdout).toContain('Signed in:     ada (Ada Viewer)');
        const { rules, pathOf = (repository: Repository) => repository.path } = listings[type] ?? {};
        const reach = [...reachOf(simulator.world, viewer, rules)];
        for (const [repository, { level }] of reach) {
          const { visibility } = repository;
          expect(stdout).toContain(`${level.padEnd(9)} ${visibility.padEnd(9)} ${pathOf(repository)}\n`);
        }
        expect(stdout).toContain(`\n${reach.length} repositories.`);
      } finally {
        await simulator.close();
      }
    },
  );
});

describe('the program that lists repositories, on GitHub', () => {
  const { world, viewer } = generateWorld({ repositories: 30 });
  let github: GithubSimulator;

  beforeAll(async () => {
    github = await startGithubSimulator({ world, profile: 'enterprise-server' });
  });
  afterAll(() => github.close());

  it('prints what the token may do and until when', async () => {
    const token = github.tokens.issue({
      kind: 'classic',
      person: viewer,
      scopes: ['repo', 'read:org'],
      expiresAt: new Date('2027-01-31T00:00:00Z'),
    });
    const { stdout } = await run(`${token}\n`, 'github', '--base-url', github.webUrl);
    expect(stdout).toContain('Missing:       read:user');
    expect(stdout).toContain('Expires:       2027-01-31T00:00:00.000Z');
    expect(stdout).toContain('Organizations: org-1, org-2, org-3');
  });

  it('lists the organizations that are named, alone', async () => {
    const token = github.tokens.issue({ kind: 'classic', person: viewer, scopes: ['repo', 'read:org'] });
    const options = ['--base-url', github.webUrl, '--organization', 'org-1', '--organization', 'org-2'];
    const { stdout } = await run(token, 'github', ...options);
    const expected = [...reachOf(world, viewer)].filter(([{ path }]) => /^org-[12]\//.test(path));
    expect(expected).not.toHaveLength(0);
    expect(stdout).toContain(`\n${expected.length} repositories.`);
  });

  it.each([
    ['a bad token', 'ghp_wrong', /^GitHub did not accept the sign-in\. Sign in again.*\n$/],
    ['no token', '', /^Give the token on standard input\.\n$/],
  ])('says in one line what is wrong with %s', async (_, token, words) => {
    const { code, stdout, stderr } = await run(token, 'github', '--base-url', github.webUrl);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(words);
  });

  it.each([
    [
      'an unknown forge',
      ['svn'],
      /^Name a forge: github, gitlab, bitbucket, bitbucket-data-center, gitea\.\n$/,
    ],
    ['two forges', ['github', 'gitlab'], /^Name a forge: /],
    ['no address of a forge without a cloud', ['bitbucket-data-center'], /--base-url https:\/\//],
    ['no address at all', ['github', '--base-url', 'nonsense'], /baseUrl: Give a web address/],
    ['an unknown option', ['github', '--bse-url', 'y'], /^Unknown option '--bse-url'/],
  ])('says in one line what is wrong with %s', async (_, args, words) => {
    const { code, stderr } = await run('x', ...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(words);
  });
});
