import { describeFault } from '../describe-fault.js';
import { HubError } from '../errors.js';
import type { GitProviderPool } from '../git-providers/git-provider-pool.js';
import { isShown } from '../repositories/is-shown.js';
import type { Resources } from '../resources.js';
import type { ConnectionRow, GitProviderRow } from '../store/schema.js';
import type { GitAddress } from './git-address.js';
import { repositoryKeys } from './repository-keys.js';

/** A git provider, and a person's own connection to it. */
interface ConnectedPlace {
  readonly provider: GitProviderRow;
  readonly connection: ConnectionRow;
}

export interface FoundPlace extends ConnectedPlace {
  /** The repository, by the path that the person's own list has. Absent: it is not listed there. */
  readonly repository?: string | undefined;
}

interface Place {
  readonly provider: GitProviderRow;
  /** Where its repositories are, after the origin. */
  readonly prefix: readonly string[];
  /** Whether all that the origin serves is that forge's. */
  readonly wholeOrigin: boolean;
}

/** Finds out to which git provider an address belongs. */
export class GitPlaces {
  readonly #resources: Resources;
  readonly #pool: Pick<GitProviderPool, 'get'>;

  constructor(resources: Resources, pool: Pick<GitProviderPool, 'get'>) {
    this.#resources = resources;
    this.#pool = pool;
  }

  /**
   * The one git provider that serves an address and that a person is connected to. Of several that the address lies
   * under, the one with the longest address of its own; of several there, the one that lists the repository for that person.
   *
   * @throws HubError `no_git_provider` · `not_connected` · `ambiguous_git_provider`.
   */
  async find(personId: string, address: GitAddress, gitProviderId?: string): Promise<FoundPlace> {
    const places = await this.#at(address, gitProviderId);
    const connected = await this.#connected(personId, places);
    if (connected.length === 0) throw notConnected(places);
    const listing = await this.#listing(connected, places, address);
    if (listing !== undefined) return listing;
    const [only, ...others] = connected;
    if (only !== undefined && others.length === 0) return only;
    throw ambiguous(connected, address);
  }

  async #at(address: GitAddress, gitProviderId: string | undefined): Promise<readonly Place[]> {
    const rows = await this.#resources.store.database
      .selectFrom('git_providers')
      .selectAll()
      .orderBy('name_key')
      .execute();
    const places = rows.flatMap((row) => this.#placesOf(row, address.origin));
    if (places.length === 0) throw noGitProvider();
    const closest = address.segments === undefined ? places : closestTo(address.segments, places);
    if (closest.length === 0) throw noGitProvider();
    if (address.segments === undefined && places.some(({ wholeOrigin }) => !wholeOrigin)) {
      throw new HubError(
        'ambiguous_git_provider',
        `${nameAll(places)} shares its host with whatever else is there, so that git has to tell the path. ${tellThePath(address)}`,
      );
    }
    const asked = closest.filter(
      ({ provider }) => gitProviderId === undefined || provider.id === gitProviderId,
    );
    if (asked.length > 0) return asked;
    throw new HubError('no_git_provider', 'The git provider that you name does not serve this address.');
  }

  #placesOf(provider: GitProviderRow, origin: string): readonly Place[] {
    const urls = this.#urlsOf(provider);
    return (urls?.gitUrls ?? [])
      .filter((url) => url.origin === origin)
      .map((url) => ({
        provider,
        prefix: toSegments(url.pathname),
        wholeOrigin: urls?.webUrl.origin === origin && urls.webUrl.pathname === '/',
      }));
  }

  /** One git provider that can't be used, because its plugin is gone, stands in nobody else's way. */
  #urlsOf(row: GitProviderRow): { readonly webUrl: URL; readonly gitUrls: readonly URL[] } | undefined {
    try {
      const { webUrl, gitUrls } = this.#pool.get(row);
      return { webUrl: new URL(webUrl), gitUrls: gitUrls.map((url) => new URL(url)) };
    } catch (error) {
      const { logger } = this.#resources;
      logger.warn({ gitProviderId: row.id, error: describeFault(error) }, 'A git provider can not be used.');
      return undefined;
    }
  }

  async #connected(personId: string, places: readonly Place[]): Promise<readonly ConnectedPlace[]> {
    const providers = new Map(places.map(({ provider }) => [provider.id, provider]));
    const rows = await this.#resources.store.database
      .selectFrom('connections')
      .selectAll()
      .where('person_id', '=', personId)
      .where('git_provider_id', 'in', [...providers.keys()])
      .orderBy('git_provider_id')
      .execute();
    return rows.flatMap((connection) => {
      const provider = providers.get(connection.git_provider_id);
      return provider === undefined ? [] : [{ provider, connection }];
    });
  }

  /** The one that lists the repository; undefined when none does, or more than one. */
  async #listing(
    connected: readonly ConnectedPlace[],
    places: readonly Place[],
    { segments }: GitAddress,
  ): Promise<FoundPlace | undefined> {
    const depth = places[0]?.prefix.length ?? 0;
    if (segments === undefined || segments.length <= depth) return undefined;
    const keys = repositoryKeys(segments.slice(depth));
    const rows = await this.#resources.store.database
      .selectFrom('connections')
      .innerJoin('permissions', 'permissions.generation', 'connections.visible_generation')
      .where(
        'connections.id',
        'in',
        connected.map(({ connection }) => connection.id),
      )
      .where('permissions.path_key', 'in', keys)
      .where(isShown)
      .select(['connections.id', 'permissions.path_key'])
      .execute();
    const key = keys.find((likely) => rows.some(({ path_key }) => path_key === likely));
    const ids = new Set(rows.filter(({ path_key }) => path_key === key).map(({ id }) => id));
    const [place, ...others] = connected.filter(({ connection }) => ids.has(connection.id));
    return place === undefined || others.length > 0 ? undefined : { ...place, repository: key };
  }
}

function closestTo(segments: readonly string[], places: readonly Place[]): readonly Place[] {
  const around = places.filter(({ prefix }) => prefix.every((segment, index) => segment === segments[index]));
  const depth = Math.max(...around.map(({ prefix }) => prefix.length));
  return around.filter(({ prefix }) => prefix.length === depth);
}

function toSegments(pathname: string): readonly string[] {
  return pathname.split('/').filter((segment) => segment !== '');
}

function noGitProvider(): HubError {
  return new HubError(
    'no_git_provider',
    `No git provider of this server has its repositories at that address. Look at the list of git providers, or ask an administrator to add it.`,
  );
}

function notConnected(places: readonly Place[]): HubError {
  return new HubError('not_connected', `You are not signed in to ${nameAll(places)}. Sign in there first.`);
}

function ambiguous(connected: readonly ConnectedPlace[], address: GitAddress): HubError {
  const advice =
    address.segments === undefined
      ? tellThePath(address)
      : 'Name the git provider, or sign out of the one that you do not need here.';
  return new HubError(
    'ambiguous_git_provider',
    `${nameAll(connected)} are at one address, and the repository does not tell which of your sign-ins is meant. ${advice}`,
  );
}

function tellThePath({ origin }: GitAddress): string {
  return `Run: git config --global credential.${origin}.useHttpPath true`;
}

function nameAll(places: readonly { readonly provider: GitProviderRow }[]): string {
  return [...new Set(places.map(({ provider }) => provider.name))].join(' and ');
}
