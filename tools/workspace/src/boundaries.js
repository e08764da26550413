// @ts-check
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
  hub: ['core', 'provider-kit'],
  server: ['core', 'provider-kit', 'hub', 'provider'],
  example: ['core', 'provider-kit', 'provider', 'forge-simulator', 'hub'],
  tool: [],
};

/** What specs may import besides. */
const testLayers = ['forge-simulator'];

/** Layers that may not import certain packages, and why. */
const bannedPackages = {
  core: ['express', '@octokit/*', '@gitbeaker/*', 'bitbucket', 'undici', 'kysely', 'libsql', 'zod'],
  hub: ['express', '@octokit/*', '@gitbeaker/*', 'bitbucket', 'tsyringe'],
};

/**
 * @param {{ tests: boolean }} options
 * @returns {object} the options of `@nx/enforce-module-boundaries`
 */
export function boundaryOptions({ tests }) {
  return {
    enforceBuildableLibDependency: false,
    allow: ['../../jest.preset.js'],
    depConstraints: Object.entries(layers).map(([layer, allowed]) => ({
      sourceTag: `layer:${layer}`,
      onlyDependOnLibsWithTags: [...allowed, ...(tests ? testLayers : [])].map((name) => `layer:${name}`),
      ...(layer in bannedPackages
        ? { bannedExternalImports: Object.entries(bannedPackages).find(([name]) => name === layer)?.[1] }
        : {}),
    })),
  };
}

/** Of provider-kit the hub uses two entries only: never the transport. */
export const hubEntriesOfProviderKit = {
  regex: '^@anyforge/provider-kit(?!/(guarded-fetch|credentials)$)',
  message: "The hub may use provider-kit's credential renewal and guarded fetch only.",
};

/** tsyringe is touched in three kinds of place only. */
export const tsyringePlaces = [
  'packages/core/src/di/**',
  'packages/provider-*/src/**/register.{ts,js}',
  'apps/server/src/composition.{ts,js}',
  '**/*.spec.ts',
];
