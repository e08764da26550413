import { definePlugin, paged } from '@anyforge/core';

/** A forge that answers at once, whose accounts have long lists that overlap. Its tokens are the accounts' numbers. */

const repositoriesInAll = 100_000;
const pageSize = 1_000;

/** @typedef {{ readonly baseUrl: string }} Config */

/** @type {import('@anyforge/core').StandardSchema<Config>} */
const schema = {
  '~standard': {
    version: 1,
    vendor: 'anyforge-benchmarks',
    validate: (value) => ({ value: /** @type {Config} */ (value) }),
  },
};

/** @param {number} repositoriesEach */
export function catalogForge(repositoriesEach) {
  return definePlugin({
    specVersion: '1',
    type: 'catalog',
    displayName: 'Catalog',
    logo: '<svg xmlns="http://www.w3.org/2000/svg"/>',
    documentationUrl: 'https://forge.test/docs',
    hosting: { cloud: { label: 'Catalog', baseUrl: 'https://forge.test' } },
    config: { schema, jsonSchema: { type: 'object', properties: { baseUrl: { type: 'string' } } } },
    tokenHelp: () => ({ variants: [] }),
    create: ({ baseUrl }) => ({
      type: 'catalog',
      webUrl: baseUrl,
      gitUrls: [baseUrl],
      probe: () => Promise.resolve({ product: 'Catalog', apiUrl: baseUrl }),
      signIn: (credentials) => openSession(credentials, repositoriesEach),
    }),
  });
}

/**
 * @param {Parameters<import('@anyforge/core').GitProvider['signIn']>[0]} credentials
 * @param {number} repositoriesEach
 * @returns {import('@anyforge/core').GitSession}
 */
function openSession(credentials, repositoriesEach) {
  const number = async () => {
    const credential = 'get' in credentials ? await credentials.get() : credentials;
    return Number(credential.kind === 'token' ? credential.token : Number.NaN);
  };
  const unasked = () => Promise.reject(new Error('The benchmark asks for lists alone.'));
  return {
    identity: async () => {
      const id = String(await number());
      return { account: { id, username: `person-${id}`, kind: 'user' } };
    },
    repositories: ({ resume } = {}) =>
      paged(async function* () {
        const account = await number();
        for (let start = Number(resume ?? 0); start < repositoriesEach; start += pageSize) {
          const size = Math.min(pageSize, repositoriesEach - start);
          const next = start + pageSize;
          yield {
            items: Array.from({ length: size }, (_, index) => repositoryOf(account, start + index)),
            total: repositoriesEach,
            ...(next < repositoriesEach && { resume: String(next) }),
          };
        }
      }),
    organizations: () =>
      paged(async function* () {
        yield { items: [] };
      }),
    permissions: () =>
      paged(async function* () {
        yield { items: [] };
      }),
    repository: unasked,
    gitCredential: unasked,
  };
}

/**
 * @param {number} account
 * @param {number} index
 * @returns {import('@anyforge/core').Repository}
 */
function repositoryOf(account, index) {
  const number = (account * 1_000 + index) % repositoriesInAll;
  const namespace = `team-${number % 100}`;
  const name = `service-${number}`;
  const path = `${namespace}/${name}`;
  return {
    id: String(number),
    path,
    name,
    namespace,
    webUrl: `https://forge.test/${path}`,
    httpsCloneUrl: `https://forge.test/${path}.git`,
    sshCloneUrl: `git@forge.test:${path}.git`,
    defaultBranch: 'main',
    visibility: 'private',
    archived: number % 1_000 === 7,
    updatedAt: new Date(1_760_000_000_000 + number * 60_000),
    permission:
      index % 1_000 === 7 ? { level: 'admin', native: 'admin' } : { level: 'write', native: 'push' },
  };
}
