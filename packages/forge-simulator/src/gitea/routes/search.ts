import type { Repository } from '../../world/model.js';
import type { Answer, Call } from '../endpoint.js';
import { answerPage } from '../endpoint.js';
import type { RepositoryOrder } from '../listings.js';
import { byName, repositoryOrder } from '../listings.js';
import { refusals } from '../refusal.js';
import type { Search } from '../search.js';
import { searchRepositories } from '../search.js';
import { shown } from './shown.js';

interface NamedOrder {
  readonly name: string;
  readonly order: RepositoryOrder;
}

/** What kind of repository a search is for. There are no mirrors. */
const kinds: Readonly<Record<string, Partial<Search> | 'none'>> = {
  '': {},
  source: { fork: false },
  fork: { fork: true },
  mirror: 'none',
  collaborative: { owned: 'not' },
};

export function answerSearch(call: Call): Answer {
  const { query } = call.request;
  const search = readSearch(call);
  const order = readOrder(query);
  return answerPage(call, {
    items: search === undefined ? [] : found(call, search, order),
    toJson: (repository) => shown(call, repository),
    wrapped: true,
  });
}

/** What a search comes to, in its order, for whoever asks. */
export function found(
  { viewer, listings }: Call,
  search: Search,
  { name, order }: NamedOrder,
): readonly Repository[] {
  const asked = JSON.stringify({ ...search, of: search.of?.id });
  return listings.of({
    key: `${asked} to ${viewer.person?.id ?? 'anybody'} by ${name}`,
    entries: () => searchRepositories(viewer, search),
    order,
  });
}

/** @returns nothing where nothing can be found: of mirrors, and of an account that is not there @throws Refusal */
function readSearch({ request: { query }, viewer, state: { world } }: Call): Search | undefined {
  const mode = query.get('mode') ?? '';
  const kind = kinds[mode];
  if (kind === undefined) throw refusals.badChoice('search mode', mode);
  const id = integer(query.get('uid'));
  const of = id === undefined ? undefined : (world.personById(id) ?? world.organizationById(id));
  if (kind === 'none' || (id !== undefined && of === undefined)) return undefined;
  const keyword = query.get('q')?.trim().toLowerCase() ?? '';
  return {
    withPrivate: viewer.person !== undefined && !viewer.publicOnly && (truth(query.get('private')) ?? true),
    of,
    owned: truth(query.get('exclusive')) === true ? 'only' : 'both',
    isPrivate: truth(query.get('is_private')),
    archived: truth(query.get('archived')),
    fork: undefined,
    teamId: integer(query.get('team_id')),
    keyword: keyword === '' ? undefined : keyword,
    ...kind,
  };
}

/** @throws Refusal */
function readOrder(query: URLSearchParams): NamedOrder {
  const sort = query.get('sort') ?? '';
  if (sort === '') return { name: 'name', order: byName };
  const direction = query.get('order') ?? '';
  if (direction !== '' && direction !== 'asc' && direction !== 'desc')
    throw refusals.badChoice('sort order', direction);
  const order = repositoryOrder(sort, direction === 'desc' ? 'desc' : 'asc');
  if (order === undefined) throw refusals.badChoice('sort mode', sort);
  return { name: `${sort} ${direction}`, order };
}

/** Not given and 0 are the same. */
function integer(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d*$/.test(text) ? Number(text) : undefined;
}

/** What is not understood is no. */
function truth(text: string | null): boolean | undefined {
  if (text === null || text === '') return undefined;
  return ['1', 't', 'true', 'on', 'yes'].includes(text.toLowerCase());
}
