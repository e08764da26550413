import type { CallOptions, ErrorKind, GitSession, Omission, Repository } from '@anyforge/core';
import { createPathFilter, ProviderError } from '@anyforge/core';
import { liesUnder } from '../git-providers/organization-settings.js';
import { RepositorySelection } from '../git-providers/repository-selection.js';
import type { Resources } from '../resources.js';
import { toJson } from '../store/json.js';
import { keyOf } from '../store/text.js';
import { untilAborted } from '../until-aborted.js';
import { mergeOmissions } from './merge-omissions.js';
import type { SyncAttempt } from './sync-attempt.js';
import { SupersededError } from './sync-attempt.js';
import type { MissingRepository } from './listed-generation.js';
import type { SyncTasks } from './sync-tasks.js';

/** More are not asked for one by one, nor more than the list has pages: listing again is cheaper then, and tells more. */
const askedAtMost = 50;
/** So many are asked for however short the list is. */
const askedAtLeast = 5;
const askedAtOnce = 5;
/** Of more than this nothing is found out but that they are many. */
const lookedAtAtMost = 1000;

/** A listing that has come to its end. */
interface EndedListing {
  readonly attempt: SyncAttempt;
  readonly session: GitSession;
  readonly omitted: readonly Omission[];
  /** For what is asked of the forge. */
  readonly calls: CallOptions & { readonly signal: AbortSignal };
}

interface Confirmation {
  /** False: what the listing lacks may have slipped through it, and only another pass can tell. */
  readonly isSure: boolean;
  /** With what was found to be out of reach now. */
  readonly omitted: readonly Omission[];
}

/** Confirms what a listing lacks. */
export interface ListingCheck {
  /**
   * Adds what is there after all to the listing.
   *
   * @throws SupersededError; ProviderError when the forge does not tell, as for a page.
   */
  confirm(listing: EndedListing): Promise<Confirmation>;
}

/**
 * Listings are read page by page, and a repository that goes while one is read pushes another past the reader. So what
 * the last complete list has and this one lacks is looked at one by one, before it is taken for gone.
 */
export class DriftCheck implements ListingCheck {
  readonly #resources: Pick<Resources, 'store' | 'clock'>;
  readonly #tasks: SyncTasks;

  constructor(resources: Pick<Resources, 'store' | 'clock'>, tasks: SyncTasks) {
    this.#resources = resources;
    this.#tasks = tasks;
  }

  async confirm(listing: EndedListing): Promise<Confirmation> {
    const { attempt } = listing;
    const doubtful = await this.#doubtful(listing);
    if (doubtful.length === 0) return { isSure: true, omitted: listing.omitted };
    // However long the forge lets us wait for the answers, the listing need not be read again for them.
    await this.#tasks.endPass(attempt, listing.omitted);
    if (doubtful.length > (await this.#mostToAsk(attempt)))
      return { isSure: false, omitted: listing.omitted };
    const askedAt = this.#resources.clock.now();
    const findings = await askAll(doubtful, (repository) => ask(listing, repository));
    const found = findings.flatMap(({ found: repository }) => repository ?? []);
    if (found.length > 0) await this.#tasks.add(attempt, found, askedAt);
    return {
      isSure: findings.every(({ isSure }) => isSure),
      omitted: findings.reduce(
        (omitted, finding) => mergeOmissions(omitted, finding.omitted),
        listing.omitted,
      ),
    };
  }

  async #mostToAsk(attempt: SyncAttempt): Promise<number> {
    return Math.min(Math.max(await this.#tasks.countPages(attempt), askedAtLeast), askedAtMost);
  }

  /** What is missing and should not be. */
  async #doubtful({ attempt, omitted }: EndedListing): Promise<readonly MissingRepository[]> {
    const { total, items } = await this.#tasks.missing(attempt, lookedAtAtMost);
    if (total > items.length) return items;
    const selection = await this.#selection(attempt);
    return items.filter(
      ({ path, listedUnder }) =>
        selection.decide({ path, path_key: keyOf(path), listed_under: listedUnder }).kept &&
        !isOmitted(path, omitted),
    );
  }

  /** What the settings let through no more is not looked for. */
  async #selection({ gitProviderId, settingsVersion, selection }: SyncAttempt): Promise<RepositorySelection> {
    const lock = await this.#resources.store.database
      .selectFrom('git_providers')
      .select('lock_version')
      .where('id', '=', gitProviderId)
      .where('listing_version', '=', settingsVersion)
      .executeTakeFirst();
    if (lock === undefined) throw new SupersededError();
    return new RepositorySelection(selection, { ...lock, organizations: toJson(selection.organizations) });
  }
}

interface Finding {
  readonly isSure: boolean;
  readonly found?: Repository;
  readonly omitted?: readonly Omission[];
}

const gone: Finding = { isSure: true };
const unsure: Finding = { isSure: false };

async function ask({ attempt, session, calls }: EndedListing, missing: MissingRepository): Promise<Finding> {
  try {
    const asking = session.repository({ id: missing.forgeId, path: missing.path }, calls);
    return judge(attempt, missing, await untilAborted(asking, calls.signal));
  } catch (error) {
    if (!ProviderError.is(error)) throw error;
    const finding = refusals[error.kind];
    if (finding === undefined) throw error;
    return finding(missing, error);
  }
}

/** What a refusal of one repository says of it. Any other kind says something of the forge, or of the sign-in. */
const refusals: Partial<
  Readonly<Record<ErrorKind, (missing: MissingRepository, error: ProviderError) => Finding>>
> = {
  not_found: () => gone,
  forbidden: () => gone,
  sso_required: kept('sso_required'),
  organization_restricted: kept('organization_restricted'),
  // This credential may not ask for one repository, or not in this way.
  insufficient_scope: () => unsure,
  unsupported: () => unsure,
};

/** Its organization keeps the credential out, which people are told. */
function kept(reason: Omission['reason']) {
  return ({ path }: MissingRepository, { details }: ProviderError): Finding => {
    const end = path.lastIndexOf('/');
    if (end === -1) return gone;
    return {
      ...gone,
      omitted: [{ organization: { path: path.slice(0, end) }, reason, url: details.repair?.url }],
    };
  };
}

/**
 * Found by its id, a private repository is one that a listing should have had. What everybody may look at proves
 * nothing, and of one that has moved only the forge can say whether it is in an organization of the lock still.
 */
function judge({ selection }: SyncAttempt, missing: MissingRepository, found: Repository): Finding {
  const { organizations, patterns } = selection;
  if (!createPathFilter(patterns).includes(found.path)) return gone;
  const hasMoved = keyOf(found.path) !== keyOf(missing.path);
  if (organizations.length > 0 && hasMoved) return unsure;
  if (found.visibility !== 'private' || found.permission.level === 'none') return unsure;
  return { isSure: true, found };
}

function isOmitted(path: string, omitted: readonly Omission[]): boolean {
  return omitted.some(
    ({ organization }) => organization.path !== undefined && liesUnder(keyOf(path), organization.path),
  );
}

/** A few at a time. After a refusal that ends it no more are asked, and those under way are waited for. */
async function askAll(
  missing: readonly MissingRepository[],
  ask: (repository: MissingRepository) => Promise<Finding>,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  // Whoever leaves a loop over a generator closes it for all.
  const rest = each(missing);
  const askers = await Promise.allSettled(
    Array.from({ length: askedAtOnce }, async () => {
      for (const repository of rest) findings.push(await ask(repository));
    }),
  );
  for (const asker of askers) if (asker.status === 'rejected') throw asker.reason;
  return findings;
}

function* each<T>(items: readonly T[]): Generator<T> {
  yield* items;
}
