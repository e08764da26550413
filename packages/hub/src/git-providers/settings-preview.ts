import type { Resources } from '../resources.js';
import type { GitProviderRow } from '../store/schema.js';
import { fromJson } from '../store/json.js';
import type { LockedOrganization, OrganizationSettings } from './organization-settings.js';
import type { SelectionDecision } from './repository-selection.js';
import { mayRevealMore, RepositorySelection } from './repository-selection.js';
import type { ReadOptions } from './stored-repositories.js';
import { syncNeededBy } from './sync-needed.js';
import { storedRepositories, visibleRepositories } from './stored-repositories.js';

/** How many of the stored repositories a rule concerns. */
export interface RuleEffect {
  readonly kept: number;
  readonly hidden: number;
}

/** What organization settings would do to what is stored now. Everything but the samples are numbers over all people. */
export interface SettingsPreview extends RuleEffect {
  readonly total: number;
  /** What lies in each organization, kept and hidden by the patterns. One may lie in several. */
  readonly organizations: readonly (LockedOrganization & RuleEffect)[];
  /** What each pattern decides: a pattern that includes keeps, one that excludes hides. */
  readonly patterns: readonly (RuleEffect & { readonly pattern: string })[];
  /** Of the hidden ones: in none of the organizations; matched by no pattern. */
  readonly outside: number;
  readonly unmatched: number;
  /** Paths of the person's own list. */
  readonly samples: { readonly kept: readonly string[]; readonly hidden: readonly string[] };
  /** Whether there may be more, which what stands, or stood when somebody's list was made, has kept from being listed. */
  readonly knownOnlyAfterSync: boolean;
  /** Whether people's personal repositories are listed: there is no lock. */
  readonly personalRepositories: boolean;
}

const samplesAtMost = 10;

export async function previewSettings(
  { store }: Pick<Resources, 'store'>,
  { personId, provider }: { readonly personId: string; readonly provider: GitProviderRow },
  settings: OrganizationSettings,
  options: ReadOptions,
): Promise<SettingsPreview> {
  const { database } = store;
  const selection = new RepositorySelection(settings, provider);
  const counts = new Counts(settings);
  for await (const repository of storedRepositories(database, provider.id, options)) {
    counts.add(selection.decide(repository));
  }
  const counted = counts.result();
  const kept: string[] = [];
  const hidden: string[] = [];
  for await (const repository of visibleRepositories(database, personId, provider.id, options)) {
    const samples = selection.decide(repository).kept ? kept : hidden;
    if (samples.length < samplesAtMost) samples.push(repository.path);
    // No more of a kind than there are in all: where little is hidden, the whole list would be looked through for it.
    if (
      kept.length >= Math.min(samplesAtMost, counted.kept) &&
      hidden.length >= Math.min(samplesAtMost, counted.hidden)
    ) {
      break;
    }
  }
  const stored = { organizations: fromJson(provider.organizations), patterns: fromJson(provider.patterns) };
  return {
    ...counted,
    samples: { kept, hidden },
    knownOnlyAfterSync: mayRevealMore(stored, settings) || (await syncNeededBy(database)).has(provider.id),
    personalRepositories: settings.organizations.length === 0,
  };
}

class Counts {
  readonly #settings: OrganizationSettings;
  readonly #organizations: { kept: number; hidden: number }[];
  readonly #patterns: { kept: number; hidden: number }[];
  readonly #sums = { kept: 0, hidden: 0, outside: 0, unmatched: 0 };

  constructor(settings: OrganizationSettings) {
    this.#settings = settings;
    this.#organizations = settings.organizations.map(() => ({ kept: 0, hidden: 0 }));
    this.#patterns = settings.patterns.map(() => ({ kept: 0, hidden: 0 }));
  }

  add({ kept, isInside, organizations, pattern }: SelectionDecision): void {
    const effect = kept ? 'kept' : 'hidden';
    this.#sums[effect] += 1;
    for (const index of organizations) this.#count(this.#organizations, index, effect);
    if (pattern !== undefined) this.#count(this.#patterns, pattern, effect);
    else if (!kept) this.#sums[isInside ? 'unmatched' : 'outside'] += 1;
  }

  result() {
    const { organizations, patterns } = this.#settings;
    const { kept, hidden } = this.#sums;
    return {
      ...this.#sums,
      total: kept + hidden,
      organizations: organizations.map((organization, index) => ({
        ...organization,
        ...(this.#organizations[index] ?? none),
      })),
      patterns: patterns.map((pattern, index) => ({ pattern, ...(this.#patterns[index] ?? none) })),
    };
  }

  #count(
    effects: readonly { kept: number; hidden: number }[],
    index: number,
    effect: 'kept' | 'hidden',
  ): void {
    const counted = effects[index];
    if (counted !== undefined) counted[effect] += 1;
  }
}

const none: RuleEffect = { kept: 0, hidden: 0 };
