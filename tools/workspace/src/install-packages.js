// @ts-check
/**
 * Packs the packages as they are published, installs them into an empty project that has no tsyringe, type-checks a
 * program against the published types, and lists a simulated GitHub's repositories with it. Needs the npm registry.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const packages = ['core', 'provider-kit', 'provider-github', 'forge-simulator'];
const development = ['typescript@6.0.3', '@types/node@20.19.9'];

const program = `
import type { Repository } from '@anyforge/core';
import { atLeast, ProviderError } from '@anyforge/core';
import { generateWorld, startGithubSimulator } from '@anyforge/forge-simulator';
import { githubPlugin } from '@anyforge/provider-github';

const { world, viewer } = generateWorld({ repositories: 250 });
const simulator = await startGithubSimulator({ world, profile: 'enterprise-server' });
const token = simulator.tokens.issue({ kind: 'classic', person: viewer, scopes: ['repo', 'read:org'] });

const github = githubPlugin.create({ baseUrl: simulator.webUrl });
const session = github.signIn({ kind: 'token', token });
const writable: Repository[] = [];
let count = 0;
for await (const repository of session.repositories()) {
  count += 1;
  if (atLeast(repository.permission, 'write')) writable.push(repository);
}
const { data } = await session.octokit.rest.users.getAuthenticated();
const refused = await github
  .signIn({ kind: 'token', token: 'wrong' })
  .identity()
  .catch((error: unknown) => (ProviderError.is(error) ? error.kind : 'something else'));
await simulator.close();
console.log(\`\${data.login}: \${count} repositories, \${writable.length} writable; a wrong token is \${String(refused)}\`);
if (count !== 250 || refused !== 'unauthenticated') throw new Error('this is not what was expected');
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
