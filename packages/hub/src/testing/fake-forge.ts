import type {
  AccountPermission,
  GitProvider,
  GitSession,
  Identity,
  Omission,
  Organization,
  Page,
  ProviderPlugin,
  Repository,
  RepositoryQuery,
  StandardSchema,
  TokenHelp,
} from '@anyforge/core';
import { createPathFilter, definePlugin, paged, parseConfig, ProviderError } from '@anyforge/core';

/** What a token opens on a {@link FakeForge}. */
export interface FakeAccount {
  readonly username: string;
  repositories: readonly Repository[];
  email?: string;
  scopes?: readonly string[];
  missingScopes?: readonly string[];
  /** Told with every page. */
  omitted?: readonly Omission[];
  /** By whose paths the forge knows which repositories lie in them. */
  organizations?: readonly Organization[];
  /** What it may look at besides what is listed: what is public, or what was given since. */
  unlisted?: readonly Repository[];
  /** What it is told of everybody's permissions, page by page. */
  permissions?: readonly (readonly AccountPermission[])[];
}

export interface FakeRequest {
  readonly kind: 'identity' | 'organizations' | 'page' | 'repository' | 'permissions';
  readonly username: string;
  /** Index of a page; 0 for identity. */
  readonly page: number;
  readonly key: string | undefined;
  readonly signal: AbortSignal | undefined;
}

export interface FakeConfig {
  readonly baseUrl: string;
  readonly oauth?: { readonly clientId: string; readonly clientSecret: string };
}

/** A forge in memory whose every answer a test can hold up, change or refuse. */
export class FakeForge {
  readonly accounts = new Map<string, FakeAccount>();
  readonly requests: FakeRequest[] = [];
  /** Every token that was sent, and to which address. */
  readonly sent: { readonly baseUrl: string; readonly token: string }[] = [];
  readonly plugin: ProviderPlugin;
  pageSize = 2;
  resumable = true;
  tokenHelp: TokenHelp['variants'][number]['username'] = 'optional';
  /** Runs before each answer. */
  before: (request: FakeRequest) => Promise<void> | void = () => undefined;

  constructor(type = 'fake') {
    this.plugin = definePlugin({
      specVersion: '1',
      type,
      displayName: `Forge ${type}`,
      logo: '<svg xmlns="http://www.w3.org/2000/svg"/>',
      documentationUrl: 'https://forge.test/docs',
      hosting: { cloud: { label: 'Fake', baseUrl: 'https://forge.test' } },
      config: { schema, jsonSchema },
      tokenHelp: ({ baseUrl }: FakeConfig) => ({
        variants: [
          { label: 'Token', createUrl: `${baseUrl}/tokens`, scopes: ['repo'], username: this.tokenHelp },
        ],
      }),
      create: (config: FakeConfig) => this.#provider(parseConfig(type, schema, config)),
    });
  }

  /** Adds an account with that many repositories, opened by a token. */
  addAccount(token: string, username: string, repositories: readonly Repository[]): FakeAccount {
    const account: FakeAccount = { username, repositories };
    this.accounts.set(token, account);
    return account;
  }

  error(kind: ProviderError['kind'], message: string, retryAt?: Date): ProviderError {
    return new ProviderError(kind, message, { provider: this.plugin.type, retryAt });
  }

  #provider({ baseUrl }: FakeConfig): GitProvider {
    return {
      type: this.plugin.type,
      webUrl: baseUrl,
      gitUrls: [baseUrl],
      probe: () => Promise.resolve({ product: 'Fake', apiUrl: baseUrl }),
      signIn: (credentials, options) => this.#session(baseUrl, credentials, options?.key),
    };
  }

  #session(
    baseUrl: string,
    credentials: Parameters<GitProvider['signIn']>[0],
    key: string | undefined,
  ): GitSession {
    const account = async (): Promise<FakeAccount> => {
      const credential = 'get' in credentials ? await credentials.get() : credentials;
      const token = credential.kind === 'token' ? credential.token : credential.accessToken;
      this.sent.push({ baseUrl, token });
      const found = this.accounts.get(token);
      if (found === undefined) throw this.error('unauthenticated', 'The token is wrong or was revoked.');
      return found;
    };
    const answer = async (kind: FakeRequest['kind'], page: number, signal: AbortSignal | undefined) => {
      const { username } = await account();
      const request = { kind, username, page, key, signal };
      this.requests.push(request);
      await this.before(request);
      signal?.throwIfAborted();
      return account();
    };
    return {
      identity: async (options) => toIdentity(await answer('identity', 0, options?.signal)),
      repositories: (query, options) =>
        paged(() =>
          this.#pages(query?.resume, async (page) => {
            const account = await answer('page', page, options?.signal);
            return { ...account, repositories: selected(account, query) };
          }),
        ),
      organizations: (options) =>
        paged(() => organizationPage(() => answer('organizations', 0, options?.signal))),
      repository: async (reference, options) => {
        const { repositories, unlisted = [] } = await answer('repository', 0, options?.signal);
        const found = [...repositories, ...unlisted].find((one) =>
          'id' in reference
            ? one.id === reference.id
            : one.path.toLowerCase() === reference.path.toLowerCase(),
        );
        if (found === undefined) throw this.error('not_found', 'There is no such repository.');
        return found;
      },
      permissions: (_, options) =>
        paged(() => this.#permissionPages((page) => answer('permissions', page, options?.signal))),
      gitCredential: async (options) => {
        const credential = 'get' in credentials ? await credentials.get(options) : credentials;
        return {
          kind: 'basic',
          username: 'x-access-token',
          password: credential.kind === 'token' ? credential.token : credential.accessToken,
        };
      },
    };
  }

  async *#permissionPages(
    answer: (page: number) => Promise<FakeAccount>,
  ): AsyncGenerator<Page<AccountPermission>> {
    for (let page = 0; ; page += 1) {
      const { permissions = [[]] } = await answer(page);
      yield { items: permissions[page] ?? [] };
      if (page + 1 >= permissions.length) return;
    }
  }

  async *#pages(
    resume: string | undefined,
    answer: (page: number) => Promise<FakeAccount>,
  ): AsyncGenerator<Page<Repository>> {
    for (let page = resume === undefined ? 0 : Number(resume); ; page += 1) {
      const { repositories, omitted } = await answer(page);
      const end = (page + 1) * this.pageSize;
      const last = end >= repositories.length;
      yield {
        items: repositories.slice(page * this.pageSize, end),
        total: repositories.length,
        ...(this.resumable && !last && { resume: String(page + 1) }),
        ...(omitted !== undefined && { omitted }),
      };
      if (last) return;
    }
  }
}

async function* organizationPage(answer: () => Promise<FakeAccount>): AsyncGenerator<Page<Organization>> {
  const { organizations = [], omitted } = await answer();
  yield { items: organizations, ...(omitted !== undefined && { omitted }) };
}

function selected(
  { repositories, organizations = [] }: FakeAccount,
  { organizations: locked = [], patterns = [] }: RepositoryQuery = {},
): readonly Repository[] {
  const { includes } = createPathFilter(patterns);
  const paths = organizations
    .filter(({ id }) => locked.some((each) => 'id' in each && each.id === id))
    .map(({ path }) => `${path}/`);
  return repositories.filter(
    ({ path }) => includes(path) && (locked.length === 0 || paths.some((prefix) => path.startsWith(prefix))),
  );
}

export function fakeRepository(id: string, changes: Partial<Repository> = {}): Repository {
  const path = changes.path ?? `acme/repository-${id}`;
  const cut = path.lastIndexOf('/');
  return {
    id,
    path,
    name: path.slice(cut + 1),
    namespace: path.slice(0, cut),
    webUrl: `https://forge.test/${path}`,
    httpsCloneUrl: `https://forge.test/${path}.git`,
    defaultBranch: 'main',
    visibility: 'private',
    archived: false,
    permission: { level: 'write', native: 'push' },
    ...changes,
  };
}

/** Ids and paths in the same order. */
export function fakeRepositories(count: number, changes: Partial<Repository> = {}): readonly Repository[] {
  return Array.from({ length: count }, (_, index) =>
    fakeRepository(String(index + 1).padStart(6, '0'), changes),
  );
}

function toIdentity(account: FakeAccount): Identity {
  return {
    account: { id: `id-of-${account.username}`, username: account.username, kind: 'user' },
    email: account.email,
    scopes: account.scopes,
    missingScopes: account.missingScopes,
  };
}

const schema: StandardSchema<FakeConfig> = {
  '~standard': {
    version: 1,
    vendor: 'anyforge-test',
    validate: (value) =>
      isFakeConfig(value)
        ? { value }
        : { issues: [{ message: 'Give the address of the forge.', path: ['baseUrl'] }] },
  },
};

function isFakeConfig(value: unknown): value is FakeConfig {
  return typeof value === 'object' && value !== null && 'baseUrl' in value && value.baseUrl !== '';
}

const jsonSchema = {
  type: 'object',
  properties: {
    baseUrl: { type: 'string' },
    oauth: {
      type: 'object',
      properties: { clientId: { type: 'string' }, clientSecret: { type: 'string', writeOnly: true } },
    },
  },
};
