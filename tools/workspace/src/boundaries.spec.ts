import { beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What each package may import, written out once more so that a slip in the rules shows. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'packages/core': [],
  'packages/provider-kit': ['core'],
  'packages/provider-github': ['core', 'provider-kit', 'provider-kit/guarded-fetch'],
  'packages/forge-simulator': ['core'],
  'packages/hub': ['core', 'provider-kit/guarded-fetch'],
  'apps/server': ['core', 'provider-kit', 'provider-kit/guarded-fetch', 'hub', 'provider-github'],
};
const importable = [
  'core',
  'provider-kit',
  'provider-kit/guarded-fetch',
  'provider-github',
  'forge-simulator',
  'hub',
  'server',
];

interface Fixture {
  readonly title: string;
  readonly filePath: string;
  readonly code: string;
  readonly breaks: readonly string[];
}

const boundary = '@nx/enforce-module-boundaries';
const restricted = 'no-restricted-imports';

function importing(folder: string, name: string): Fixture {
  const passes = allowed[folder]?.includes(name) ?? false;
  // An allowed layer whose entry is not allowed breaks the second rule, everything else the first.
  const entryOnly = folder === 'packages/hub' && name === 'provider-kit';
  const breaks = passes ? [] : entryOnly ? [restricted] : [boundary];
  return {
    title: `${folder} may ${passes ? '' : 'not '}import @anyforge/${name}`,
    filePath: `${folder}/src/fixture.js`,
    code: `import '@anyforge/${name}';\n`,
    breaks,
  };
}

const fixtures: readonly Fixture[] = [
  ...Object.keys(allowed).flatMap((folder) =>
    importable
      .filter((name) => !folder.endsWith(`/${name.split('/')[0] ?? ''}`))
      .map((name) => importing(folder, name)),
  ),
  ...[
    ['packages/hub/src/fixture.js', 'express', boundary],
    ['packages/core/src/fixture.js', 'undici', boundary],
    ['packages/core/src/fixture.js', 'tsyringe', restricted],
    ['packages/provider-github/src/fixture.js', 'tsyringe', restricted],
    ['apps/server/src/fixture.js', 'tsyringe', restricted],
  ].map(([filePath = '', name = '', rule = '']) => ({
    title: `${filePath} may not import ${name}`,
    filePath,
    code: `import '${name}';\n`,
    breaks: [rule],
  })),
  ...[
    'packages/core/src/di/fixture.js',
    'packages/provider-github/src/register.js',
    'apps/server/src/composition.js',
  ].map((filePath) => ({
    title: `${filePath} may import tsyringe`,
    filePath,
    code: "import 'tsyringe';\n",
    breaks: [],
  })),
  {
    title: 'a package has no default exports',
    filePath: 'packages/core/src/fixture.js',
    code: 'export default 1;\n',
    breaks: ['no-restricted-syntax'],
  },
  {
    title: 'a package lists its exports one by one',
    filePath: 'packages/core/src/fixture.js',
    code: "export * from './calls.js';\n",
    breaks: ['no-restricted-syntax'],
  },
];

describe('the import rules of the workspace', () => {
  let broken: readonly (readonly string[])[] = [];

  beforeAll(() => {
    const script = fileURLToPath(new URL('./lint-fixtures.js', import.meta.url));
    const output = execFileSync(process.execPath, [script], {
      input: JSON.stringify(fixtures),
      encoding: 'utf8',
    });
    broken = JSON.parse(output);
  }, 120_000);

  it.each(fixtures.map(({ title, breaks }, index) => ({ title, breaks, index })))(
    '$title',
    ({ breaks, index }) => {
      expect([...new Set(broken[index])]).toEqual(breaks);
    },
  );
});
