import type { PathFilter } from '@anyforge/core';
import { createPathFilter } from '@anyforge/core';
import type { GitProviderRow, RepositoryRow } from '../store/schema.js';
import { fromJson } from '../store/json.js';
import { keyOf } from '../store/text.js';
import type { OrganizationSettings } from './organization-settings.js';

/** What of a stored repository tells whether it belongs to a selection. */
export type SelectableRepository = Pick<RepositoryRow, 'path' | 'path_key' | 'listed_under'>;

/** What becomes of one repository, and why. */
export interface SelectionDecision {
  readonly kept: boolean;
  /** Whether the lock lets it through. */
  readonly isInside: boolean;
  /** The positions of the chosen organizations that it lies in. */
  readonly organizations: readonly number[];
  /** The position of the pattern that decided. Undefined: no pattern matches it, or the lock keeps it out already. */
  readonly pattern?: number | undefined;
}

/**
 * Tells of stored repositories which of them organization settings let through.
 *
 * An organization is known by its id, and a stored repository by the path that it had when it was last listed. So a
 * repository is inside when its path is under that of a chosen organization, and also, whatever its path, when it was
 * listed since these organizations were chosen: the forge itself has said so then, by the id, and a rename of the
 * organization does not matter.
 */
export class RepositorySelection {
  readonly #filter: PathFilter;
  readonly #patterns: ReadonlyMap<string, number>;
  readonly #prefixes: readonly string[];
  readonly #insideSince: number;

  /** @param stored what stands: what was listed with it is inside of every lock that is at least as wide */
  constructor(
    { organizations, patterns }: OrganizationSettings,
    stored: Pick<GitProviderRow, 'organizations' | 'lock_version'>,
  ) {
    this.#filter = createPathFilter(patterns);
    // Of equal patterns the last one decides.
    this.#patterns = new Map(patterns.map((pattern, index) => [pattern, index]));
    this.#prefixes = organizations.map(({ path }) => `${keyOf(path)}/`);
    const locked = fromJson(stored.organizations);
    const isAsWide =
      locked.length > 0 && locked.every(({ id }) => organizations.some((chosen) => chosen.id === id));
    this.#insideSince = isAsWide ? stored.lock_version : Number.POSITIVE_INFINITY;
  }

  decide(repository: SelectableRepository): SelectionDecision {
    const organizations = this.#prefixes.flatMap((prefix, index) =>
      repository.path_key.startsWith(prefix) ? [index] : [],
    );
    const isInside =
      this.#prefixes.length === 0 || organizations.length > 0 || repository.listed_under >= this.#insideSince;
    if (!isInside) return { kept: false, isInside, organizations };
    const { included, pattern } = this.#filter.decide(repository.path);
    return {
      kept: included,
      isInside,
      organizations,
      pattern: pattern === undefined ? undefined : this.#patterns.get(pattern),
    };
  }
}

/**
 * Whether settings may let repositories through that were kept from being listed until now: what they are is only known
 * after the next sync.
 */
export function mayRevealMore(from: OrganizationSettings, to: OrganizationSettings): boolean {
  const isWithin = (path: string) =>
    from.organizations.some(({ path: around }) => `${keyOf(path)}/`.startsWith(`${keyOf(around)}/`));
  const isLockWider =
    from.organizations.length > 0 &&
    (to.organizations.length === 0 ||
      !to.organizations.every(
        ({ id, path }) => from.organizations.some((known) => known.id === id) || isWithin(path),
      ));
  const arePatternsOther =
    from.patterns.length > 0 &&
    !(
      from.patterns.length === to.patterns.length &&
      from.patterns.every((pattern, index) => pattern === to.patterns[index])
    );
  return isLockWider || arePatternsOther;
}
