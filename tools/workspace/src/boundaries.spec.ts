import { beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const kit = ['provider-kit', 'provider-kit/credentials', 'provider-kit/guarded-fetch'];
const providers = ['provider-github', 'provider-gitlab', 'provider-bitbucket', 'provider-gitea'];

/** What each place may import of ours, written out once more so that a slip in the rules shows. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'packages/core/src': [],
  'packages/provider-kit/src': ['core'],
  'packages/provider-github/src': ['core', ...kit],
  'packages/provider-gitlab/src': ['core', ...kit],
  'packages/provider-bitbucket/src': ['core', ...kit],
  'packages/provider-gitea/src': ['core', ...kit],
  'packages/forge-simulator/src': ['core'],
  'packages/provider-testkit/src': ['core', ...kit, 'provider-kit/testing', 'forge-simulator'],
  'packages/hub/src': ['core', 'provider-kit/credentials', 'provider-kit/guarded-fetch'],
  'apps/server/src': ['core', ...kit, 'hub', ...providers],
  'packages/client/src': [],
  'apps/web/src': ['client'],
  'apps/demo/src': ['core', 'client', 'server', 'forge-simulator', 'test-browser'],
  'examples/list-repositories': [
    'core',
    ...kit,
    'provider-kit/testing',
    ...providers,
    'forge-simulator',
    'provider-testkit',
    'hub',
  ],
  'benchmarks/src': [
    'core',
    ...kit,
    'provider-kit/testing',
    ...providers,
    'forge-simulator',
    'hub',
    'server',
    'client',
    'test-browser',
    'test-postgres',
  ],
  'tools/simulators-check/src': ['core', ...providers, 'forge-simulator'],
  'tools/test-postgres/src': [],
  'tools/test-browser/src': [],
  'tools/generate-client/src': ['client', 'server'],
  'apps/e2e/src': [
    'core',
    ...kit,
    ...providers,
    'hub',
    'server',
    'client',
    'demo',
    'forge-simulator',
    'test-browser',
    'test-postgres',
  ],
  'tools/workspace/src': [],
};
const importable = [
  'core',
  ...kit,
  'provider-kit/testing',
  ...providers,
  'forge-simulator',
  'provider-testkit',
  'hub',
  'server',
  'client',
  'demo',
  'test-browser',
  'test-postgres',
];

/** Entries that a rule refuses by name, whether or not the layer they belong to is allowed. */
const refusedEntries: Readonly<Record<string, readonly string[]>> = {
  'packages/provider-kit/src': [],
  'packages/provider-github/src': ['provider-kit/testing'],
  'packages/provider-gitlab/src': ['provider-kit/testing'],
  'packages/provider-bitbucket/src': ['provider-kit/testing'],
  'packages/provider-gitea/src': ['provider-kit/testing'],
  'packages/forge-simulator/src': ['provider-kit/testing'],
  'packages/hub/src': ['provider-kit', 'provider-kit/testing'],
  'apps/server/src': ['provider-kit/testing'],
  'packages/client/src': ['provider-kit/testing'],
  'apps/web/src': ['provider-kit/testing'],
  'apps/demo/src': ['provider-kit/testing'],
  'apps/e2e/src': ['provider-kit/testing'],
};

/** Rules beside the table: what a file there says, and which rules it breaks. */
const boundary = '@nx/enforce-module-boundaries';
const restricted = 'no-restricted-imports';
const syntax = 'no-restricted-syntax';
const others: readonly (readonly [file: string, code: string, ...breaks: string[]])[] = [
  ...['express', 'undici', 'kysely', 'libsql', 'zod', '@octokit/rest', '@gitbeaker/rest', 'bitbucket'].map(
    (name) => ['packages/core/src/fixture.js', `import '${name}';`, restricted] as const,
  ),
  ...['express', '@octokit/rest', '@gitbeaker/rest', 'bitbucket'].map(
    (name) => ['packages/hub/src/fixture.js', `import '${name}';`, restricted] as const,
  ),
  ['packages/core/src/fixture.js', "import 'node:fs';", restricted],
  ['packages/core/src/fixture.js', "import 'fs/promises';", restricted],
  ['packages/core/src/fixture.js', "import 'express/lib/router';", restricted],
  ['packages/core/src/fixture.js', 'globalThis.process.exit();', 'no-restricted-properties'],
  ['packages/core/src/fixture.js', "import 'minimatch';"],
  ...['express', 'zod', 'node:fs'].map(
    (name) => ['packages/core/src/di/fixture.js', `import '${name}';`, restricted] as const,
  ),
  ['packages/core/src/fixture.js', "fetch('x');", 'no-restricted-globals'],
  ['packages/core/src/fixture.js', 'process.exit();', 'no-restricted-globals'],
  ['packages/provider-github/src/fixture.js', 'Date.now();', 'no-restricted-properties'],
  ['packages/provider-kit/src/fixture.js', 'globalThis.fetch;', 'no-restricted-properties'],
  ...['packages/core/src', 'packages/provider-github/src', 'packages/hub/src', 'apps/server/src'].map(
    (folder) => [`${folder}/fixture.js`, "import 'tsyringe';", restricted] as const,
  ),
  ['packages/core/src/di/fixture.js', "import 'tsyringe';"],
  ['packages/provider-github/src/register.js', "import 'tsyringe';"],
  ['apps/server/src/composition.js', "import 'tsyringe';"],
  ['apps/server/src/composition.js', "import '@anyforge/provider-kit/testing';", restricted],
  ['packages/hub/src/fixture.js', "await import('@anyforge/provider-kit');", syntax],
  ['packages/core/src/fixture.js', 'export default 1;', syntax],
  ['packages/core/src/fixture.js', "export * from './calls.js';", syntax],
  ['packages/core/src/fixture.js', 'console.log(1);', 'no-console'],
  ['apps/web/src/fixture.js', "await import('./screen.js');", syntax],
  ['apps/web/src/app/routes.tsx', "await import('./screen.js');"],
  ['packages/provider-github/src/fixture.spec.js', "import '@anyforge/forge-simulator';"],
  ['packages/provider-github/src/fixture.spec.js', "import '@anyforge/provider-kit/testing';"],
  ['packages/provider-github/src/some.fixture.js', "import '@anyforge/forge-simulator';"],
  ['packages/provider-github/src/fixture.spec.js', "import '@anyforge/provider-testkit/jest';"],
  ['packages/provider-github/src/fixture.spec.js', "import '@anyforge/provider-gitlab';", boundary],
  ['packages/provider-testkit/src/fixture.js', "import 'tsyringe';", restricted],
  ...[
    ['tools/simulators-check/src/forges', 'provider-github/src/wire.js'] as const,
    ['tools/simulators-check/src/forges', 'provider-bitbucket/src/cloud/wire.js'] as const,
    ['tools/simulators-check/src/forges', 'provider-github/src/map.js', boundary] as const,
    ['tools/simulators-check/src/other', 'provider-github/src/wire.js', boundary] as const,
  ].map(
    ([folder, file, ...breaks]) =>
      [`${folder}/fixture.js`, `import '../../../../packages/${file}';`, ...breaks] as const,
  ),
  ['packages/provider-github/src/fixture.spec.js', "import '@anyforge/hub';", boundary],
  ['packages/provider-kit/src/testing/fixture.js', "import '@anyforge/forge-simulator';", boundary],
  ['apps/server/src/testing/fixture.js', "import '@anyforge/forge-simulator';"],
  ['packages/hub/src/testing/fixture.js', "import '@anyforge/test-postgres';"],
];

function importing(folder: string, name: string): readonly [string, string, ...string[]] {
  const file = `${folder}/fixture.js`;
  const code = `import '@anyforge/${name}';`;
  if (allowed[folder]?.includes(name)) return [file, code];
  const layer = name.split('/')[0];
  const layerAllowed = allowed[folder]?.some((other) => other.split('/')[0] === layer) ?? false;
  const entryRefused = refusedEntries[folder]?.includes(name) ?? false;
  return [file, code, ...(layerAllowed ? [] : [boundary]), ...(entryRefused ? [restricted] : [])];
}

const fixtures = [
  ...Object.keys(allowed).flatMap((folder) =>
    importable
      .filter((name) => !folder.includes(`/${name.split('/')[0] ?? ''}/`))
      .map((name) => importing(folder, name)),
  ),
  ...others,
];

describe('the rules of the workspace', () => {
  let broken: readonly (readonly string[])[] = [];

  beforeAll(() => {
    const script = fileURLToPath(new URL('./lint-fixtures.js', import.meta.url));
    const input = JSON.stringify(fixtures.map(([filePath, code]) => ({ filePath, code: `${code}\n` })));
    broken = JSON.parse(execFileSync(process.execPath, [script], { input, encoding: 'utf8' }));
  }, 120_000);

  it.each(
    fixtures.map(([file, code, ...breaks], index) => ({
      title: `${breaks.length === 0 ? 'allow' : 'refuse'} in ${file}: ${code}`,
      breaks,
      index,
    })),
  )('$title', ({ breaks, index }) => {
    expect([...new Set(broken[index])].toSorted()).toEqual(breaks.toSorted());
  });
});
