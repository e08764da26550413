import type { CallOptions } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { parseAnswer } from '@anyforge/provider-kit';
import type { Get } from './api.js';
import { readTotal } from './api.js';
import type { IdRange } from './project-range.js';
import { membershipQuery } from './project-range.js';
import { projectIdPage } from './wire.js';

/** How what is left of a listing is cut into ranges that can be read at once. */
export interface RangePlan {
  /** In order; the last one has no end. */
  readonly ranges: readonly [IdRange, ...IdRange[]];
  readonly total?: number | undefined;
}

/** Which project stands at an offset, and how many there are. */
interface Look {
  readonly id?: number | undefined;
  readonly total?: number | undefined;
}

/**
 * The first piece is small, so that it is there soon, and so are all pieces of a small listing; of a large one whole
 * pages are worth more.
 */
const smallListing = 1_000;
const smallRange = 100;
const largeRange = 500;

/** Far below what GitLab allows, which is 50,000 unless an administrator sets it lower. */
const greatestOffset = 20_000;

/**
 * Cuts the id space after `after` into ranges of about as many projects each, by asking which project is the 501st,
 * the 1,001st and so on. The cuts are hints: however wrong or old, every project falls into exactly one range.
 *
 * @see https://docs.gitlab.com/api/rest/#offset-based-pagination
 */
export async function planRanges(get: Get, after: number, call: CallOptions): Promise<RangePlan> {
  const look = async (offset: number): Promise<Look> => {
    const query = { ...membershipQuery, simple: true, per_page: 1, page: offset + 1 };
    const answer = await get('/projects', { ...query, ...(after > 0 && { id_after: after }) }, call);
    const [row] = parseAnswer('gitlab', 'the projects', projectIdPage, answer.data);
    return { id: row?.id, total: readTotal(answer) };
  };

  const { id: firstId, total } = await look(smallRange).catch(refusedOffset);
  if (firstId === undefined) return { ranges: [{ after }], total };
  const size = after === 0 && total !== undefined && total <= smallListing ? smallRange : largeRange;
  if (total !== undefined && total <= size) return { ranges: [{ after }], total };
  const offsets = offsetsOf(size, total ?? Number.POSITIVE_INFINITY).filter((offset) => offset > smallRange);
  const found = await Promise.all(offsets.map((offset) => look(offset).catch(refusedOffset)));
  const ids = found.map(({ id }) => id);
  const end = ids.indexOf(undefined);
  return { ranges: toRanges(after, [firstId, ...ids.slice(0, end === -1 ? undefined : end)]), total };
}

function offsetsOf(size: number, total: number): readonly number[] {
  const count = Math.ceil(Math.min(total, greatestOffset + 1) / size) - 1;
  return Array.from({ length: count }, (_, index) => (index + 1) * size);
}

/** Ranges that begin with these projects, where they are in order. */
function toRanges(
  after: number,
  beginnings: readonly (number | undefined)[],
): readonly [IdRange, ...IdRange[]] {
  const cuts: number[] = [];
  for (const id of beginnings) if (id !== undefined && id - 1 > (cuts.at(-1) ?? after)) cuts.push(id - 1);
  const [firstCut, ...others] = cuts;
  if (firstCut === undefined) return [{ after }];
  const ranges = others.map((upTo, index): IdRange => ({ after: cuts[index] ?? after, upTo }));
  return [{ after, upTo: firstCut }, ...ranges, { after: cuts.at(-1) ?? after }];
}

/** An administrator may forbid offsets that we still take for small; then the ranges before them have to do. */
function refusedOffset(error: unknown): Look {
  if (ProviderError.is(error) && error.details.status === 405) return {};
  throw error;
}
