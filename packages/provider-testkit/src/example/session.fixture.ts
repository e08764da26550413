import type {
  AccountPermission,
  CallOptions,
  Credential,
  CredentialSource,
  GitSession,
  Organization,
  Repository,
  RepositoryRef,
  StandardSchema,
} from '@anyforge/core';
import { createPathFilter, paged, ProviderError } from '@anyforge/core';
import type { Transport } from '@anyforge/provider-kit';
import {
  askCredential,
  parseAnswer,
  readJson,
  readLinkPage,
  secretOf,
  walkPages,
} from '@anyforge/provider-kit';
import type { RepositoryWire } from './wire.fixture.js';
import { organizationsWire, peopleWire, repositoriesWire, repositoryWire, userWire } from './wire.fixture.js';

export const type = 'example';

export function createSession({
  apiUrl,
  transport,
  source,
}: {
  readonly apiUrl: string;
  readonly transport: Transport;
  readonly source: CredentialSource;
}): GitSession {
  async function get<T>(url: string, schema: StandardSchema<T>, call: CallOptions) {
    const response = await transport.fetch(call)(url);
    const value = parseAnswer(type, new URL(url).pathname, schema, await readJson(response));
    return { value, url: response.url, link: response.headers.get('link') };
  }

  function list<Wire, Item>(
    path: string,
    schema: StandardSchema<readonly Wire[]>,
    read: (wires: readonly Wire[]) => readonly Item[],
    {
      call,
      ...listing
    }: { readonly call: CallOptions; readonly query?: string; readonly resume?: string | undefined },
  ) {
    return walkPages<Item, string>({
      provider: type,
      listing: `${path} ${listing.query ?? ''}`,
      resumable: listing.query !== undefined,
      resume: listing.resume,
      first: `${apiUrl}${path}`,
      call,
      async load(url, pageCall) {
        const answer = await get(url, schema, pageCall);
        return { items: read(answer.value), ...readLinkPage(type, answer) };
      },
    });
  }

  return {
    async identity(call = {}) {
      const { value: user } = await get(`${apiUrl}/user`, userWire, call);
      const credential = await askCredential(type, source, call);
      return { ...user, expiresAt: expiryOf(credential) };
    },

    organizations: (call = {}) =>
      paged<Organization>(() => list('/user/organizations', organizationsWire, (wires) => wires, { call })),

    repositories({ organizations = [], patterns = [], resume } = {}, call = {}) {
      const filter = createPathFilter(patterns);
      const isAsked = ({ ownerId, namespace, path }: RepositoryWire): boolean =>
        filter.includes(path) &&
        (organizations.length === 0 ||
          organizations.some((each) => ('id' in each ? each.id === ownerId : each.path === namespace)));
      const query = JSON.stringify([organizations, patterns]);
      const read = (wires: readonly RepositoryWire[]) => wires.filter(isAsked).map(toRepository);
      return paged(() => list('/user/repositories', repositoriesWire, read, { call, query, resume }));
    },

    async repository(reference, call = {}) {
      return toRepository((await get(apiUrl + repositoryPath(reference), repositoryWire, call)).value);
    },

    permissions: (reference, call = {}) =>
      paged<AccountPermission>(() =>
        list(
          `${repositoryPath(reference)}/people`,
          peopleWire,
          (wires) => wires.map(({ account, level }) => ({ account, permission: { level, native: level } })),
          { call },
        ),
      ),

    async gitCredential(options = {}) {
      const credential = await askCredential(type, source, options);
      return {
        kind: 'basic',
        username: 'token',
        password: secretOf(credential),
        expiresAt: expiryOf(credential),
      };
    },
  };
}

function expiryOf(credential: Credential): Date | undefined {
  return credential.kind === 'oauth' ? credential.expiresAt : undefined;
}

/** @throws ProviderError `not_found` for what no repository can be called */
function repositoryPath(reference: RepositoryRef): string {
  const [name, form] = 'id' in reference ? [reference.id, /^\d+$/] : [reference.path, /^[^/]+(\/[^/]+)+$/];
  if (!form.test(name))
    throw new ProviderError('not_found', 'No repository has such an id or path.', { provider: type });
  return `/repositories/${encodeURIComponent(name)}`;
}

function toRepository({ ownerId: _, level, ...told }: RepositoryWire): Repository {
  return { ...told, permission: { level, native: level } };
}
