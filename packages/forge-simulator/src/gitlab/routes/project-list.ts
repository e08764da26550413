import type { Repository } from '../../world/model.js';
import type { Answer, Call } from '../endpoint.js';
import { addressOf, answerPage } from '../endpoint.js';
import type { ListingOrder } from '../listings.js';
import { positionOf } from '../listings.js';
import { keysetHeaders, pageRequest } from '../paging.js';
import type { Parameters } from '../parameters.js';
import { refusals } from '../refusal.js';

const visibilities = ['public', 'internal', 'private'] as const;
const offsetLimit = 50_000;

const keys = {
  id: ({ id }: Repository) => id,
  name: ({ name }: Repository) => name.toLowerCase(),
  path: ({ name }: Repository) => name.toLowerCase(),
  created_at: ({ createdAt }: Repository) => createdAt.getTime(),
  updated_at: ({ updatedAt }: Repository) => updatedAt.getTime(),
  last_activity_at: ({ updatedAt }: Repository) => updatedAt.getTime(),
  star_count: () => 0,
} as const;
type Sort = keyof typeof keys;
const sorts: readonly Sort[] = [
  'id',
  'name',
  'path',
  'created_at',
  'updated_at',
  'last_activity_at',
  'star_count',
];

interface ProjectOrder extends ListingOrder {
  readonly sort: Sort;
}

/** Which projects a listing is about, before its filters. */
export interface ProjectSource {
  /** Names it: of the same name, it is the same. */
  readonly key: string;
  readonly projects: () => Iterable<Repository>;
}

export interface ProjectList {
  readonly source: ProjectSource;
  readonly toJson: (project: Repository) => string;
  readonly defaults: Readonly<Record<string, string>>;
  /** Whether it can go on after an id, and may only be counted through up to a limit because of that. */
  readonly keyset: boolean;
}

/** A page of a listing of projects, filtered, ordered and paged as the request asks. @throws Refusal */
export function answerProjects(call: Call, list: ProjectList): Answer {
  const { parameters } = call;
  const order = readOrder(parameters);
  const { key, keep } = readFilters(parameters);
  const { source, toJson, defaults } = list;
  const everything = call.listings.of({
    key: `${source.key}?${key}`,
    entries: () => [...source.projects()].filter(keep),
    order,
  });
  const items = within(everything, order, parameters);
  if (list.keyset && parameters.text('pagination') === 'keyset')
    return answerKeyset(call, items, order, list);
  const { page, perPage } = pageRequest(parameters);
  if (list.keyset && page * perPage > offsetLimit) throw refusals.offsetTooLarge(offsetLimit);
  return answerPage(call, {
    items,
    toJson,
    defaults: { order_by: 'created_at', sort: 'desc', ...defaults },
  });
}

/** Projects are paged by their ids alone. */
function answerKeyset(
  call: Call,
  items: readonly Repository[],
  order: ProjectOrder,
  { toJson, defaults }: ProjectList,
): Answer {
  if (order.sort !== 'id') throw refusals.noKeyset();
  const page = items.slice(0, pageRequest(call.parameters).perPage);
  return {
    body: `[${page.map(toJson).join(',')}]`,
    headers: keysetHeaders(addressOf(call, defaults), page.at(-1)?.id, order.direction),
  };
}

function readOrder(parameters: Parameters): ProjectOrder {
  const sort = parameters.among('order_by', sorts) ?? 'created_at';
  const direction = parameters.among('sort', ['asc', 'desc']) ?? 'desc';
  return { sort, key: `${sort} ${direction}`, keyOf: keys[sort], direction };
}

/** What is left of a listing between `id_after` and `id_before`. One by id is cut, not searched through. */
function within(
  projects: readonly Repository[],
  { sort, direction }: ProjectOrder,
  parameters: Parameters,
): readonly Repository[] {
  const after = parameters.integer('id_after') ?? -Infinity;
  const before = parameters.integer('id_before') ?? Infinity;
  if (after === -Infinity && before === Infinity) return projects;
  if (sort !== 'id') return projects.filter(({ id }) => id > after && id < before);
  const [start, end] =
    direction === 'asc'
      ? [positionOf(projects, (id) => id > after), positionOf(projects, (id) => id >= before)]
      : [positionOf(projects, (id) => id < before), positionOf(projects, (id) => id <= after)];
  return projects.slice(start, Math.max(start, end));
}

function readFilters(parameters: Parameters): {
  readonly key: string;
  readonly keep: (project: Repository) => boolean;
} {
  const archived = parameters.boolean('archived');
  const visibility = parameters.among('visibility', visibilities);
  const search = parameters.text('search')?.toLowerCase();
  // Nobody in a world has starred anything.
  const starred = parameters.boolean('starred') ?? false;
  const dates = [
    dateFilter(parameters, 'last_activity', ({ updatedAt }) => updatedAt),
    dateFilter(parameters, 'updated', ({ updatedAt }) => updatedAt),
  ];
  return {
    key: JSON.stringify([archived, visibility, search, starred, dates.map(({ key }) => key)]),
    keep: (project) =>
      !starred &&
      (archived === undefined || project.archived === archived) &&
      (visibility === undefined || project.visibility === visibility) &&
      (search === undefined || project.name.toLowerCase().includes(search)) &&
      dates.every(({ keep }) => keep(project)),
  };
}

function dateFilter(
  parameters: Parameters,
  name: string,
  dateOf: (project: Repository) => Date,
): { readonly key: string; readonly keep: (project: Repository) => boolean } {
  const after = parameters.date(`${name}_after`)?.getTime() ?? -Infinity;
  const before = parameters.date(`${name}_before`)?.getTime() ?? Infinity;
  return {
    key: `${after} ${before}`,
    keep: (project) => {
      const time = dateOf(project).getTime();
      return time >= after && time <= before;
    },
  };
}
