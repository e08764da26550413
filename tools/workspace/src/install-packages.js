// @ts-check
/**
 * Packs the packages as they are published, installs them into an empty project that has no tsyringe, type-checks a
 * program against the published types, and lists the repositories of every simulated forge with it. Needs the npm registry.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const packages = [
  'core',
  'provider-kit',
  'provider-github',
  'provider-gitlab',
  'provider-bitbucket',
  'provider-gitea',
  'forge-simulator',
  'provider-testkit',
];
const development = ['typescript@6.0.3', '@types/node@20.19.9'];

const program = `
import type { GitSession, Repository } from '@anyforge/core';
import { atLeast, ProviderError } from '@anyforge/core';
import type { ForgeSimulator } from '@anyforge/forge-simulator';
import {
  bitbucketWorldSize,
  generateWorld,
  giteaWorldSize,
  gitlabWorldSize,
  startBitbucketCloudSimulator,
  startBitbucketDataCenterSimulator,
  startGiteaSimulator,
  startGithubSimulator,
  startGitlabSimulator,
} from '@anyforge/forge-simulator';
import { bitbucketDataCenterPlugin, bitbucketPlugin } from '@anyforge/provider-bitbucket';
import { giteaPlugin } from '@anyforge/provider-gitea';
import { githubPlugin } from '@anyforge/provider-github';
import { gitlabPlugin } from '@anyforge/provider-gitlab';
import type { ContractSubject } from '@anyforge/provider-testkit';

const repositories = 250;

async function report(simulator: ForgeSimulator, session: GitSession, words: string): Promise<void> {
  const writable: Repository[] = [];
  let count = 0;
  for await (const repository of session.repositories()) {
    count += 1;
    if (atLeast(repository.permission, 'write')) writable.push(repository);
  }
  await simulator.close();
  console.log(\`\${words}: \${count} repositories, \${writable.length} writable\`);
  if (count !== repositories) throw new Error('this is not what was expected');
}

const github = await startGithubSimulator({ ...generateWorld({ repositories }), profile: 'enterprise-server' });
const ada = (simulator: ForgeSimulator) => {
  const [person] = [...simulator.world.people].filter(({ username }) => username === 'ada');
  if (person === undefined) throw new Error('nobody is there');
  return person;
};
{
  const provider = githubPlugin.create({ baseUrl: github.webUrl });
  const token = github.tokens.issue({ kind: 'classic', person: ada(github), scopes: ['repo', 'read:org'] });
  const session = provider.signIn({ kind: 'token', token });
  const { data } = await session.octokit.rest.users.getAuthenticated();
  const refused = await provider
    .signIn({ kind: 'token', token: 'wrong' })
    .identity()
    .catch((error: unknown) => (ProviderError.is(error) ? error.kind : 'something else'));
  if (refused !== 'unauthenticated') throw new Error(\`a wrong token is \${String(refused)}\`);
  await report(github, session, \`GitHub, \${data.login}\`);
}
{
  const gitlab = await startGitlabSimulator({ ...generateWorld({ repositories, ...gitlabWorldSize }), profile: 'self-managed' });
  const token = gitlab.tokens.issue({ kind: 'personal', person: ada(gitlab), scopes: ['read_api'] });
  const session = gitlabPlugin.create({ baseUrl: gitlab.webUrl }).signIn({ kind: 'token', token });
  const user = await session.gitbeaker.Users.showCurrentUser();
  await report(gitlab, session, \`GitLab, \${user.username}\`);
}
{
  const cloud = await startBitbucketCloudSimulator(generateWorld({ repositories, ...bitbucketWorldSize }));
  const scopes = ['read:user:bitbucket', 'read:workspace:bitbucket', 'read:repository:bitbucket'];
  const token = cloud.tokens.issue({ kind: 'api', person: ada(cloud), scopes });
  const session = bitbucketPlugin
    .create({ baseUrl: cloud.webUrl, apiUrl: cloud.apiUrl })
    .signIn({ kind: 'token', token, username: ada(cloud).email ?? '' });
  const { data } = await session.bitbucket.request('GET /user');
  if (data === undefined) throw new Error('nobody is there');
  await report(cloud, session, 'Bitbucket Cloud');
}
{
  const dataCenter = await startBitbucketDataCenterSimulator(generateWorld({ repositories, ...bitbucketWorldSize }));
  const token = dataCenter.tokens.issue({ kind: 'personal', person: ada(dataCenter) });
  const session = bitbucketDataCenterPlugin.create({ baseUrl: dataCenter.webUrl }).signIn({ kind: 'token', token });
  await report(dataCenter, session, 'Bitbucket Data Center');
}
{
  const gitea = await startGiteaSimulator(generateWorld({ repositories, ...giteaWorldSize, levels: ['write', 'admin'] }));
  const scopes = ['read:user', 'read:organization', 'read:repository'];
  const token = gitea.tokens.issue({ kind: 'personal', person: ada(gitea), scopes });
  const session = giteaPlugin.create({ baseUrl: gitea.webUrl }).signIn({ kind: 'token', token });
  await report(gitea, session, 'Gitea');
}
export type Suite = ContractSubject;
`;

/**
 * @param {string} cwd
 * @param {string} command
 * @param {string[]} args
 */
const run = (cwd, command, ...args) => execFileSync(command, args, { cwd, encoding: 'utf8' });

const project = mkdtempSync(join(tmpdir(), 'anyforge-installed-'));
try {
  const tarballs = packages.map((name) =>
    join(
      project,
      run(join(root, 'packages', name), 'npm', 'pack', '--silent', '--pack-destination', project).trim(),
    ),
  );
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({ name: 'empty', private: true, type: 'module' }),
  );
  run(project, 'npm', 'install', '--silent', '--no-fund', '--no-audit', ...tarballs, ...development);
  for (const name of ['tsyringe', 'reflect-metadata']) {
    if (existsSync(join(project, 'node_modules', name))) throw new Error(`${name} was installed`);
  }
  writeFileSync(join(project, 'index.ts'), program);
  const strict = ['--strict', '--noUncheckedIndexedAccess'];
  const target = ['--module', 'nodenext', '--target', 'es2022', '--types', 'node'];
  run(project, 'npx', 'tsc', ...strict, ...target, 'index.ts');
  process.stdout.write(run(project, process.execPath, 'index.js'));
} catch (error) {
  const said = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
  console.error(said === '' ? error : said);
  process.exitCode = 1;
} finally {
  rmSync(project, { recursive: true, force: true });
}
