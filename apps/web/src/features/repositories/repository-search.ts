import type { RepositoryFilters } from '../../api/repositories.js';

export const permissionChoices = ['read', 'triage', 'write', 'maintain', 'admin', 'unknown'] as const;
export const visibilityChoices = ['public', 'internal', 'private'] as const;
export const sortChoices = ['path', 'name', 'updatedAt', 'level'] as const;
export const directionChoices = ['asc', 'desc'] as const;

export type SortChoice = (typeof sortChoices)[number];
type DirectionChoice = (typeof directionChoices)[number];

/** What the address of the list of repositories says: which of them are shown, and in which order. */
export interface RepositorySearch {
  readonly search?: string | undefined;
  /** The id of a git provider. */
  readonly gitProvider?: string | undefined;
  /** The path of an organization, with all that is below it. */
  readonly organization?: string | undefined;
  /** At least this one; `unknown`: only those. */
  readonly permission?: (typeof permissionChoices)[number] | undefined;
  readonly visibility?: (typeof visibilityChoices)[number] | undefined;
  readonly archived?: boolean | undefined;
  /** By path when absent. */
  readonly sort?: SortChoice | undefined;
  /** `asc` when absent. */
  readonly direction?: DirectionChoice | undefined;
}

/** The parts that leave repositories out, in the order in which they are shown. */
const filterNames = [
  'search',
  'gitProvider',
  'organization',
  'permission',
  'visibility',
  'archived',
] as const satisfies readonly (keyof RepositorySearch)[];

export type FilterName = (typeof filterNames)[number];

/** As long as the API takes. */
const textAtMost = 500;

/** Reads an address that anybody may have typed: what makes no sense is left out, and so is what goes without saying. */
export function readRepositorySearch(raw: Readonly<Record<string, unknown>>): RepositorySearch {
  const sort = oneOf(sortChoices, raw['sort']);
  const direction = oneOf(directionChoices, raw['direction']);
  return withoutAbsent({
    search: text(raw['search']),
    gitProvider: text(raw['gitProvider']),
    organization: text(raw['organization']),
    permission: oneOf(permissionChoices, raw['permission']),
    visibility: oneOf(visibilityChoices, raw['visibility']),
    archived: flag(raw['archived']),
    sort: sort === 'path' ? undefined : sort,
    direction: direction === 'asc' ? undefined : direction,
  });
}

/** The address after a change of some of its parts; undefined removes one. */
export function changeRepositorySearch(
  current: RepositorySearch,
  change: Partial<RepositorySearch>,
): RepositorySearch {
  return readRepositorySearch({ ...current, ...change });
}

/** What takes all filters away. The order stays. */
export const noFilters: Partial<RepositorySearch> = Object.fromEntries(
  filterNames.map((name) => [name, undefined]),
);

/** What the API is asked for. */
export function toFilters(search: RepositorySearch): RepositoryFilters {
  const { gitProvider: gitProviderId, permission: level, ...same } = search;
  return { ...same, gitProviderId, level };
}

/** Which parts leave repositories out now. */
export function activeFilters(search: RepositorySearch): readonly FilterName[] {
  return filterNames.filter((name) => search[name] !== undefined);
}

/** The order after a column's head was pressed: sorted by it, and the other way round when it was already. */
export function sortBy(
  { sort = 'path', direction = 'asc' }: RepositorySearch,
  column: SortChoice,
): Pick<RepositorySearch, 'sort' | 'direction'> {
  if (column === sort) return { sort, direction: direction === 'asc' ? 'desc' : 'asc' };
  return { sort: column, direction: firstDirection[column] };
}

/** What one looks for first: names from A, the latest and the highest on top. */
const firstDirection: Readonly<Record<SortChoice, DirectionChoice>> = {
  path: 'asc',
  name: 'asc',
  updatedAt: 'desc',
  level: 'desc',
};

/** An address may carry `123` or `true` for what was meant as text. */
function text(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  const written = String(value).trim().slice(0, textAtMost);
  return written === '' ? undefined : written;
}

function oneOf<Choice extends string>(choices: readonly Choice[], value: unknown): Choice | undefined {
  return choices.find((choice) => choice === value);
}

function flag(value: unknown): boolean | undefined {
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : undefined;
}

/** The same address is written the same way: a part is there or it is not. */
function withoutAbsent(search: RepositorySearch): RepositorySearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}
