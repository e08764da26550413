// @ts-check
import { builtinModules } from 'node:module';

/**
 * What may import what, by the `layer:` tag in each package.json. An arrow nobody lists is forbidden.
 * CONTRIBUTING.md shows the same table with its reasons.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const layers = {
  core: [],
  'provider-kit': ['core'],
  provider: ['core', 'provider-kit'],
  'forge-simulator': ['core'],
  'provider-testkit': ['core', 'provider-kit', 'forge-simulator'],
  hub: ['core', 'provider-kit'],
  server: ['core', 'provider-kit', 'hub', 'provider'],
  client: [],
  web: ['client'],
  demo: ['core', 'client', 'server', 'forge-simulator', 'test-browser'],
  example: ['core', 'provider-kit', 'provider', 'forge-simulator', 'provider-testkit', 'hub'],
  benchmark: [
    'core',
    'provider-kit',
    'provider',
    'forge-simulator',
    'hub',
    'server',
    'client',
    'test-browser',
    'test-postgres',
  ],
  'simulators-check': ['core', 'provider', 'forge-simulator'],
  e2e: [
    'core',
    'provider-kit',
    'provider',
    'hub',
    'server',
    'client',
    'demo',
    'forge-simulator',
    'test-browser',
    'test-postgres',
  ],
  'generate-client': ['server', 'client'],
  'test-browser': [],
  'test-postgres': [],
  tool: [],
};

/** What tests may import besides. */
const testLayers = ['forge-simulator', 'provider-testkit', 'test-postgres'];
export const testFiles = [
  '**/*.{spec,fixture}.{ts,tsx,js}',
  'apps/*/src/testing/**',
  'packages/hub/src/testing/**',
];

/** The check of the simulators reads which fields an adapter reads where only the adapter itself says so. */
export const wireReaders = ['tools/simulators-check/src/forges/**'];
const wires = '^(\\.\\./){4}packages/provider-[a-z]+/src/([a-z-]+/)?wire\\.js$';

/**
 * @param {{ tests?: boolean, wires?: boolean }} kind of file
 * @returns {object} the options of `@nx/enforce-module-boundaries`
 */
export function boundaryOptions({ tests = false, wires: readsWires = false }) {
  return {
    enforceBuildableLibDependency: false,
    allow: ['../jest.preset.js', '../../jest.preset.js', ...(readsWires ? [wires] : [])],
    depConstraints: Object.entries(layers).map(([layer, allowed]) => ({
      sourceTag: `layer:${layer}`,
      onlyDependOnLibsWithTags: [...allowed, ...(tests ? testLayers : [])].map((name) => `layer:${name}`),
    })),
  };
}

/** tsyringe is touched in three kinds of place only. */
export const noTsyringe = {
  regex: '^tsyringe$',
  message: "Only core/di, each provider's register.ts and the server's composition.ts touch tsyringe.",
};
export const tsyringePlaces = [
  'packages/core/src/di/**',
  'packages/provider-*/src/**/register.{ts,js}',
  'apps/server/src/composition.{ts,js}',
];

/** What the kit publishes for tests is not for production; the contract suite is tests. */
export const noTestEntries = {
  regex: '^@anyforge/provider-kit/testing$',
  message: 'This entry is for tests.',
};

export const hubEntriesOfProviderKit = {
  regex: '^@anyforge/provider-kit(?!/(credentials|guarded-fetch)$)',
  message: "The hub may use provider-kit's credential renewal and guarded fetch only.",
};

/** Whether they are installed or not. */
export const noSdks = {
  regex: '^(@octokit/|@gitbeaker/|(bitbucket|express)(/|$))',
  message: 'The SDKs belong to the adapters, Express to the server.',
};
export const noInputOutput = {
  regex: `^(node:|(${[...builtinModules, 'undici', 'kysely', 'libsql', 'zod'].join('|')})(/|$))`,
  message: 'The contract has no I/O, and no library but its own two.',
};
