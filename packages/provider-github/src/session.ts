import type {
  AccountPermission,
  CallOptions,
  CredentialSource,
  GitSession,
  Organization,
  Paged,
  Repository,
  StandardSchema,
} from '@anyforge/core';
import { paged } from '@anyforge/core';
import type { Transport } from '@anyforge/provider-kit';
import {
  askCredential,
  parseAnswer,
  readJson,
  readLinkPage,
  toProviderError,
  walkPages,
} from '@anyforge/provider-kit';
import { Octokit } from '@octokit/rest';
import type { ApiAnswer } from './api-answer.js';
import type { GithubHost } from './host.js';
import { identify, toGitCredential, toIdentity } from './identity.js';
import {
  installationRepositories,
  isInstallation,
  toInstallationAccount,
  toInstallationOrganizations,
  toInstallationRepository,
} from './installation.js';
import { toAccountPermission, toOrganization, toRepository } from './map.js';
import { readOmissions } from './omissions.js';
import { repositoryPath } from './references.js';
import { listRepositories } from './repository-listing.js';
import type { InstallationWire } from './wire.js';
import { collaboratorPage, installationWire, membershipPage, repositoryWire, userWire } from './wire.js';

const provider = 'github';

/**
 * A session with Octokit on the same transport, as the way out for what the contract lacks. Its calls throw
 * `ProviderError`s too.
 */
export interface GithubSession extends GitSession {
  readonly octokit: Octokit;
}

export interface GithubSessionOptions {
  readonly host: GithubHost;
  readonly transport: Transport;
  readonly source: CredentialSource;
}

interface Listing<Wire, Item> {
  /** What the listing is, in words: a page that cannot be read is reported by it. */
  readonly what: string;
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly schema: StandardSchema<readonly Wire[]>;
  readonly toItem: (wire: Wire) => Item;
  /** Gives everything at once for the token of an installation, which has no such listing. */
  readonly forInstallation?: ((call: CallOptions) => Promise<readonly Item[]>) | undefined;
}

export function createSession({ host, transport, source }: GithubSessionOptions): GithubSession {
  const octokit = createOctokit(host, transport);

  // Octokit's own parser keeps integers beyond 2^53, at three times the cost of all else; the schemas refuse them.
  async function get(url: string, call: CallOptions = {}): Promise<ApiAnswer> {
    const response = await octokit.request({
      method: 'GET',
      url: asLiteral(url.startsWith(host.apiUrl) ? url.slice(host.apiUrl.length) : url),
      headers: {},
      request: {
        fetch: transport.fetch(call),
        ...(call.signal && { signal: call.signal }),
        parseSuccessResponseBody: false,
      },
    });
    const body: unknown = response.data;
    const data = body instanceof ReadableStream ? await readJson(new Response(body)) : undefined;
    return { headers: response.headers, data };
  }

  async function getInstallation(call: CallOptions) {
    const { data, headers } = await get(`${installationRepositories}?per_page=1`, call);
    const wire = parseAnswer<InstallationWire>(provider, 'the installation', installationWire, data);
    return { wire, headers };
  }

  function list<Wire, Item>(listing: Listing<Wire, Item>, call: CallOptions) {
    const { what, path, parameters, schema, toItem, forInstallation } = listing;
    const query = new URLSearchParams({ ...parameters, per_page: '100' });
    return walkPages<Item, string>({
      provider,
      listing: path,
      first: `${host.apiUrl}${path}?${query.toString()}`,
      resumable: false,
      call,
      load: async (url, pageCall) => {
        if (forInstallation && isInstallation(await askCredential(provider, source, pageCall)))
          return { items: await forInstallation(pageCall) };
        const { data, headers } = await get(url, pageCall);
        return {
          items: parseAnswer(provider, what, schema, data).map(toItem),
          omitted: readOmissions(headers['x-github-sso']),
          ...readLinkPage(provider, { url, link: headers.link }),
        };
      },
    });
  }

  return {
    octokit,

    async identity(call = {}) {
      if (isInstallation(await askCredential(provider, source, call))) {
        const { wire, headers } = await getInstallation(call);
        return identify(toInstallationAccount(wire), headers, await askCredential(provider, source, call));
      }
      const { data, headers } = await get('/user', call);
      const user = parseAnswer(provider, 'the signed-in user', userWire, data);
      return toIdentity(user, headers, await askCredential(provider, source, call));
    },

    organizations: (call = {}) =>
      paged<Organization>(() =>
        list(
          {
            what: 'the organizations',
            path: '/user/memberships/orgs',
            parameters: { state: 'active' },
            schema: membershipPage,
            toItem: ({ organization }) => toOrganization(organization, host.webUrl),
            forInstallation: async (pageCall) =>
              toInstallationOrganizations((await getInstallation(pageCall)).wire, host.webUrl),
          },
          call,
        ),
      ),

    repositories: (query = {}, call = {}): Paged<Repository> =>
      paged(() => listRepositories({ host, source, get }, query, call)),

    async repository(reference, call = {}) {
      const { data } = await get(repositoryPath(reference), call);
      const wire = parseAnswer(provider, 'the repository', repositoryWire, data);
      return isInstallation(await askCredential(provider, source, call))
        ? toInstallationRepository(wire)
        : toRepository(wire);
    },

    permissions: (reference, call = {}) =>
      paged<AccountPermission>(() =>
        list(
          {
            what: 'the permissions',
            path: `${repositoryPath(reference)}/collaborators`,
            parameters: { affiliation: 'all' },
            schema: collaboratorPage,
            toItem: toAccountPermission,
          },
          call,
        ),
      ),

    gitCredential: async (options = {}) => toGitCredential(await askCredential(provider, source, options)),
  };
}

/** Octokit takes `:name` and `{name}` for placeholders, also in a URL that GitHub gave. */
function asLiteral(url: string): string {
  return url.replace(/[{}]|:(?=[a-z])/gi, encodeURIComponent);
}

/** Octokit's own retrying and throttling are plugins that are not installed; the transport does both. */
function createOctokit(host: GithubHost, transport: Transport): Octokit {
  const silent = () => undefined;
  const octokit = new Octokit({
    baseUrl: host.apiUrl,
    userAgent: 'anyforge',
    request: { fetch: transport.fetch() },
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  octokit.hook.before('request', (options) => {
    options.headers['x-github-api-version'] = host.apiVersion;
  });
  octokit.hook.error('request', (error, options) => {
    throw toProviderError(provider, error, options.request.signal);
  });
  return octokit;
}
