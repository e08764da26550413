import type {
  AccountPermission,
  CallOptions,
  CredentialSource,
  GitSession,
  Omission,
  Organization,
  Paged,
  Repository,
  StandardSchema,
} from '@anyforge/core';
import { createPathFilter, paged } from '@anyforge/core';
import type { LoadedPage, Transport } from '@anyforge/provider-kit';
import {
  askCredential,
  parseAnswer,
  readJson,
  readLinkPage,
  toProviderError,
  walkPages,
} from '@anyforge/provider-kit';
import { Octokit } from '@octokit/rest';
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
import { omissionFilter, readOmissions } from './omissions.js';
import { organizationFilter, repositoryPath } from './references.js';
import type { InstallationWire } from './wire.js';
import {
  collaboratorPage,
  installationPage,
  installationWire,
  membershipPage,
  repositoryPage,
  repositoryWire,
  userWire,
} from './wire.js';

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

interface ApiAnswer {
  readonly data: unknown;
  readonly headers: {
    readonly link?: string | undefined;
    readonly [name: string]: string | number | undefined;
  };
}

interface Listing<Wire, Item> {
  /** What the listing is, in words: a page that cannot be read is reported by it. */
  readonly what: string;
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly schema: StandardSchema<readonly Wire[]>;
  /** Takes the list out of an answer that is not one itself. */
  readonly unwrap?: ((data: unknown) => unknown) | undefined;
  readonly read: (wires: readonly Wire[], url: string) => readonly Item[];
  /** Whether something that GitHub left out would have been in the selection. Absent: everything would. */
  readonly concerns?: ((omission: Omission) => boolean) | undefined;
  readonly resume?: string | undefined;
  /** Loads the first page for the token of an installation, which has a listing of its own. */
  readonly forInstallation?:
    ((load: Load<Item>, call: CallOptions) => Promise<LoadedPage<Item, string>>) | undefined;
  /** Names the selection that `read` makes, so that a page of another one is not resumed. Absent: none can be. */
  readonly selection?: unknown;
}

type Load<Item> = (url: string, call: CallOptions) => Promise<LoadedPage<Item, string>>;

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
    const parameters = new URLSearchParams({ ...listing.parameters, per_page: '100' });
    const first = `${host.apiUrl}${listing.path}?${parameters.toString()}`;
    const { forInstallation, unwrap = (data: unknown) => data } = listing;
    const load: Load<Item> = async (url, pageCall) => {
      const { data, headers } = await get(url, pageCall);
      return {
        items: listing.read(parseAnswer(provider, listing.what, listing.schema, unwrap(data)), url),
        omitted: readOmissions(headers['x-github-sso'])?.filter(listing.concerns ?? (() => true)),
        ...readLinkPage(provider, { url, link: headers.link }),
      };
    };
    return walkPages<Item, string>({
      provider,
      listing: JSON.stringify([first, listing.selection]),
      first,
      resume: listing.resume,
      resumable: listing.selection !== undefined,
      call,
      load: async (url, pageCall) =>
        url === first &&
        forInstallation !== undefined &&
        isInstallation(await askCredential(provider, source, pageCall))
          ? forInstallation(load, pageCall)
          : load(url, pageCall),
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
            read: (wires) => wires.map(({ organization }) => toOrganization(organization, host.webUrl)),
            forInstallation: async (_load, pageCall) => {
              const { wire } = await getInstallation(pageCall);
              return { items: toInstallationOrganizations(wire, host.webUrl) };
            },
          },
          call,
        ),
      ),

    repositories: (query = {}, call = {}): Paged<Repository> =>
      paged<Repository>(() => {
        const { organizations = [], patterns = [], resume } = query;
        const owned = organizationFilter(organizations);
        const filter = createPathFilter(patterns);
        return list(
          {
            what: 'the repositories',
            path: '/user/repos',
            // For the user token of a GitHub App too: it lists what person and app both reach, over all installations.
            // A full name is unique, so that no two repositories change places between pages.
            parameters: { affiliation: 'owner,collaborator,organization_member', sort: 'full_name' },
            schema: repositoryPage,
            unwrap: (data) => installationPage.safeParse(data).data?.repositories ?? data,
            read: (wires, url) =>
              wires
                .filter((wire) => owned(wire.owner) && filter.includes(wire.full_name))
                .map(
                  url.startsWith(`${host.apiUrl}${installationRepositories}`)
                    ? toInstallationRepository
                    : toRepository,
                ),
            concerns: omissionFilter(organizations),
            forInstallation: (load, pageCall) =>
              load(`${host.apiUrl}${installationRepositories}?per_page=100`, pageCall),
            resume,
            selection: [organizations, patterns],
          },
          call,
        );
      }),

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
            read: (wires) => wires.map(toAccountPermission),
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
