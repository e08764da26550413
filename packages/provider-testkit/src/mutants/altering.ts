import type {
  CallOptions,
  Credential,
  CredentialSource,
  GitProvider,
  GitSession,
  Page,
  Paged,
  ProviderContext,
  ProviderPlugin,
  Repository,
} from '@anyforge/core';
import { paged } from '@anyforge/core';

type Fetch = typeof globalThis.fetch;

export function alterPlugin(plugin: ProviderPlugin, changes: Partial<ProviderPlugin>): ProviderPlugin {
  return { ...plugin, ...changes };
}

export function alterProvider(
  plugin: ProviderPlugin,
  change: (provider: GitProvider) => Partial<GitProvider>,
): ProviderPlugin {
  return alterPlugin(plugin, {
    create(config, context) {
      const provider = plugin.create(config, context);
      return { ...wrapProvider(provider), ...change(provider) };
    },
  });
}

function alterContext(
  plugin: ProviderPlugin,
  change: (context: ProviderContext) => ProviderContext,
): ProviderPlugin {
  return alterPlugin(plugin, {
    create: (config, context = {}) => plugin.create(config, { ...context, ...change(context) }),
  });
}

/** Changes the `fetch` that the adapter is given. */
export function alterFetch(plugin: ProviderPlugin, change: (fetch: Fetch) => Fetch): ProviderPlugin {
  return alterContext(plugin, ({ fetch }) => (fetch === undefined ? {} : { fetch: change(fetch) }));
}

export function alterSession(
  plugin: ProviderPlugin,
  change: (
    session: GitSession,
    signedIn: { readonly source: CredentialSource; readonly context: ProviderContext },
  ) => Partial<GitSession>,
): ProviderPlugin {
  return alterPlugin(plugin, {
    create(config, context = {}) {
      const provider = plugin.create(config, context);
      return {
        ...wrapProvider(provider),
        signIn(credentials, options) {
          const session = provider.signIn(credentials, options);
          return { ...wrapSession(session), ...change(session, { source: toSource(credentials), context }) };
        },
      };
    },
  });
}

/** Changes what every call of a session is told. */
export function alterCalls(
  plugin: ProviderPlugin,
  change: (options: CallOptions) => CallOptions,
): ProviderPlugin {
  return alterSession(plugin, (session) => ({
    identity: (options = {}) => session.identity(change(options)),
    organizations: (options = {}) => session.organizations(change(options)),
    repositories: (query, options = {}) => session.repositories(query, change(options)),
    repository: (reference, options = {}) => session.repository(reference, change(options)),
    permissions: (reference, options = {}) => session.permissions(reference, change(options)),
    gitCredential: (options = {}) => session.gitCredential(change(options)),
  }));
}

/** Changes the credentials that a session is given. */
export function alterCredentials(
  plugin: ProviderPlugin,
  change: (source: CredentialSource) => CredentialSource,
): ProviderPlugin {
  return alterProvider(plugin, (provider) => ({
    signIn: (credentials, options) => provider.signIn(change(toSource(credentials)), options),
  }));
}

/** Changes the pages of every listing of repositories. */
export function alterPages(
  plugin: ProviderPlugin,
  change: (list: () => AsyncIterable<Page<Repository>>) => AsyncIterable<Page<Repository>>,
): ProviderPlugin {
  return alterSession(plugin, (session) => ({
    repositories: (query, options): Paged<Repository> =>
      paged(() => change(() => session.repositories(query, options).pages())),
  }));
}

/** Changes every repository that a session tells of. */
export function alterRepositories(
  plugin: ProviderPlugin,
  change: (repository: Repository) => Repository,
): ProviderPlugin {
  return alterSession(plugin, (session) => ({
    repositories: (query, options): Paged<Repository> =>
      paged(() =>
        mapPages(session.repositories(query, options).pages(), (page) => ({
          ...page,
          items: page.items.map(change),
        })),
      ),
    repository: async (reference, options) => change(await session.repository(reference, options)),
  }));
}

export async function* mapPages<T>(
  pages: AsyncIterable<Page<T>>,
  change: (page: Page<T>) => Page<T>,
): AsyncGenerator<Page<T>> {
  for await (const page of pages) yield change(page);
}

function toSource(credentials: Credential | CredentialSource): CredentialSource {
  return 'get' in credentials ? credentials : { get: () => Promise.resolve(credentials) };
}

/** What a provider has, whatever it is an instance of. */
function wrapProvider(provider: GitProvider): GitProvider {
  return {
    type: provider.type,
    webUrl: provider.webUrl,
    gitUrls: provider.gitUrls,
    oauth: provider.oauth,
    probe: (options) => provider.probe(options),
    signIn: (credentials, options) => provider.signIn(credentials, options),
  };
}

function wrapSession(session: GitSession): GitSession {
  return {
    identity: (options) => session.identity(options),
    organizations: (options) => session.organizations(options),
    repositories: (query, options) => session.repositories(query, options),
    repository: (reference, options) => session.repository(reference, options),
    permissions: (reference, options) => session.permissions(reference, options),
    gitCredential: (options) => session.gitCredential(options),
  };
}
