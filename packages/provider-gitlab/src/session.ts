import type {
  AccountPermission,
  CallOptions,
  Clock,
  CredentialSource,
  GitSession,
  Organization,
  RepositoryRef,
  StandardSchema,
} from '@anyforge/core';
import { paged, ProviderError } from '@anyforge/core';
import type { PageAnswer, Transport } from '@anyforge/provider-kit';
import { askCredential, parseAnswer, readOffsetPage, walkPages } from '@anyforge/provider-kit';
import { Gitlab } from '@gitbeaker/rest';
import type { ApiAnswer, Query } from './api.js';
import { createGet, hasNextPage, readTotal } from './api.js';
import type { GitlabHost } from './host.js';
import { readCredentialFacts, toGitCredential, toIdentity } from './identity.js';
import type { MemberSources } from './map.js';
import { toAccountPermission, toOrganization, toRepository } from './map.js';
import { readOwnPermission } from './own-permission.js';
import { listProjects } from './project-listing.js';
import { projectPath } from './references.js';
import { createRequester } from './requester.js';
import { mustBeSignedIn } from './signed-in.js';
import type { ProjectDetailWire, UserWire } from './wire.js';
import { groupPage, memberPage, projectDetailWire, userWire } from './wire.js';

const provider = 'gitlab';

/**
 * A session with Gitbeaker on the same transport, as the way out for what the contract lacks. Its calls throw
 * `ProviderError`s too.
 */
export interface GitlabSession extends GitSession {
  readonly gitbeaker: InstanceType<typeof Gitlab>;
}

export interface GitlabSessionOptions {
  readonly host: GitlabHost;
  readonly transport: Transport;
  readonly source: CredentialSource;
  readonly clock: Clock;
}

const perPage = 100;

/** What the rows of members are to be read with. */
interface MemberContext {
  readonly project: ProjectDetailWire;
  readonly sources: MemberSources;
}

export function createSession({ host, transport, source, clock }: GitlabSessionOptions): GitlabSession {
  const get = createGet(host, transport);

  async function readUser(call: CallOptions): Promise<UserWire> {
    const { data } = await get('/user', {}, call);
    return parseAnswer(provider, 'the signed-in user', userWire, data);
  }

  async function readProject(reference: RepositoryRef, call: CallOptions): Promise<ProjectDetailWire> {
    const { data } = await get(projectPath(reference), {}, call);
    return parseAnswer(provider, 'the project', projectDetailWire, data);
  }

  function list<Wire, Item>(
    listing: {
      readonly what: string;
      readonly path: string;
      readonly parameters?: Query;
      readonly schema: StandardSchema<readonly Wire[]>;
      readonly read: (
        wires: readonly Wire[],
        call: CallOptions,
      ) => readonly Item[] | Promise<readonly Item[]>;
    },
    call: CallOptions,
  ) {
    return walkPages<Item, number>({
      provider,
      listing: listing.path,
      first: 1,
      resumable: false,
      call,
      load: async (page, pageCall) => {
        const answer = await get(listing.path, { ...listing.parameters, page, per_page: perPage }, pageCall);
        const wires = parseAnswer(provider, listing.what, listing.schema, answer.data);
        return { items: await listing.read(wires, pageCall), ...readPage(answer, page, wires.length) };
      },
    });
  }

  /** The access levels of members by their id. */
  async function readLevels(path: string, call: CallOptions): Promise<ReadonlyMap<string, number>> {
    const members = new Map<string, number>();
    const pages = list({ what: 'the members', path, schema: memberPage, read: (wires) => wires }, call);
    for await (const { items } of pages)
      for (const { id, access_level: level } of items) members.set(id, level);
    return members;
  }

  /** Nobody's where the account may not see who the members of the groups are. */
  async function readGroupLevels(
    { namespace }: ProjectDetailWire,
    call: CallOptions,
  ): Promise<ReadonlyMap<string, number>> {
    if (namespace?.kind !== 'group') return new Map();
    try {
      return await readLevels(`/groups/${namespace.id}/members/all`, call);
    } catch (error) {
      if (ProviderError.is(error) && (error.kind === 'not_found' || error.kind === 'forbidden'))
        return new Map();
      throw error;
    }
  }

  async function readMemberContext(reference: RepositoryRef, call: CallOptions): Promise<MemberContext> {
    const [project, direct] = await Promise.all([
      readProject(reference, call),
      readLevels(`${projectPath(reference)}/members`, call),
    ]);
    return { project, sources: { direct, inherited: await readGroupLevels(project, call) } };
  }

  return {
    gitbeaker: createGitbeaker(host, transport),

    async identity(call = {}) {
      const user = await readUser(call);
      const credential = await askCredential(provider, source, call);
      const facts = await readCredentialFacts(get, { host, credential, now: clock.now() }, call);
      return toIdentity(user, facts, credential);
    },

    organizations: (call = {}) =>
      paged<Organization>(() => {
        let signedIn: Promise<void> | undefined;
        return list(
          {
            what: 'the groups',
            path: '/groups',
            // Not everything that is public: what the account belongs to, and what lies around projects of its own.
            // In the order of ids new groups come last, where they move no other past us.
            parameters: { all_available: false, order_by: 'id', sort: 'asc' },
            schema: groupPage,
            read: async (wires, pageCall) => {
              signedIn ??= mustBeSignedIn(get, pageCall);
              await signedIn;
              return wires.map(toOrganization);
            },
          },
          call,
        );
      }),

    repositories: (query = {}, call = {}) =>
      paged(() => listProjects({ get, apiUrl: host.apiUrl }, query, call, clock)),

    async repository(reference, call = {}) {
      const [project, user] = await Promise.all([readProject(reference, call), readUser(call)]);
      return toRepository(project, await readOwnPermission(get, project, user, call));
    },

    permissions: (reference, call = {}) =>
      paged<AccountPermission>(() => {
        let context: Promise<MemberContext> | undefined;
        return list(
          {
            what: 'the members',
            path: `${projectPath(reference)}/members/all`,
            schema: memberPage,
            read: async (wires, pageCall) => {
              context ??= readMemberContext(reference, pageCall);
              const { project, sources } = await context;
              return wires.map((wire) => toAccountPermission(wire, project, sources));
            },
          },
          call,
        );
      }),

    gitCredential: async (options = {}) => toGitCredential(await askCredential(provider, source, options)),
  };
}

/** Pages are asked for by number: the addresses that GitLab links to are those of its own settings, not ours. */
function readPage(answer: ApiAnswer, page: number, count: number): PageAnswer<number> {
  return readOffsetPage(provider, {
    page,
    perPage,
    count,
    total: readTotal(answer),
    hasNext: hasNextPage(answer),
  });
}

/** Gitbeaker's own limits are those of one resource object, and its timeout knows nothing of a wait for a limit. */
function createGitbeaker(host: GitlabHost, transport: Transport): InstanceType<typeof Gitlab> {
  return new Gitlab({
    host: host.webUrl,
    requesterFn: createRequester(transport),
    rateLimits: {},
    queryTimeout: null,
  });
}
