import type { CallOptions, StandardSchema } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { parseAnswer } from '@anyforge/provider-kit';
import type { Threshold } from './access-levels.js';
import type { Get, Query } from './api.js';
import { hasNextPage } from './api.js';
import type { LevelReadings } from './project-levels.js';
import { createBandDecider, openQuestions } from './project-levels.js';
import type { Band } from './project-levels.js';
import type { ProjectWire } from './wire.js';
import { projectIdPage, projectPage } from './wire.js';

/** The projects whose ids are greater than `after` and at most `upTo`; without `upTo`, all the rest. */
export interface IdRange {
  readonly after: number;
  readonly upTo?: number | undefined;
}

export interface BandedProject {
  readonly project: ProjectWire;
  readonly band: Band;
}

const perPage = 100;
const mostReadings = 2;

/** The projects that the account is a member of, in whatever way, in the order of their ids. */
export const membershipQuery: Query = { membership: true, order_by: 'id', sort: 'asc' };

/**
 * Reads a range of projects with the account's effective level on each: one listing per threshold, which GitLab
 * answers from its table of authorizations, with nested groups and shares worked in. A range in which something
 * changed meanwhile is read once more.
 *
 * @see https://docs.gitlab.com/api/projects/#list-all-projects
 */
export async function readProjects(get: Get, range: IdRange, call: CallOptions): Promise<BandedProject[]> {
  for (let reading = 1; ; reading += 1) {
    const projects = await readOnce(get, range, call);
    if (reading === mostReadings || projects.every(({ band }) => band !== 'changed')) return projects;
  }
}

async function readOnce(get: Get, range: IdRange, call: CallOptions): Promise<BandedProject[]> {
  const ids = async (threshold: Threshold): Promise<ReadonlySet<number>> => {
    const rows = await readRange(
      get,
      range,
      { min_access_level: threshold, simple: true },
      projectIdPage,
      call,
    );
    return new Set(rows.map(({ id }) => id));
  };
  const idsIf = (isNeeded: boolean, threshold: Threshold) => (isNeeded ? ids(threshold) : undefined);

  const [reporters, maintainers] = await Promise.all([ids(20), ids(40)]);
  const before = { reporters, maintainers };
  const [projects, developers, owners] = await Promise.all([
    readRange(get, range, {}, projectPage, call),
    idsIf(
      [...reporters].some((id) => !maintainers.has(id)),
      30,
    ),
    idsIf(maintainers.size > 0, 50),
  ]);
  const readings: LevelReadings = { before, during: { developers, owners } };
  const open = openQuestions(projects, readings);
  const [reportersAfter, maintainersAfter] = await Promise.all([
    idsIf(open.reporters, 20),
    idsIf(open.maintainers, 40),
  ]);
  const after = { reporters: reportersAfter, maintainers: maintainersAfter };
  const decide = createBandDecider({ ...readings, after });
  return projects.map((project) => ({ project, band: decide(project) }));
}

/**
 * Reads every row of a range. Each request asks for the first page of what is left, so that nothing that comes or goes
 * in the meantime moves another row past us, and no offset grows.
 *
 * @throws ProviderError `invalid_response` for rows that are not in order or not of the range
 */
async function readRange<Row extends { readonly id: number }>(
  get: Get,
  { after, upTo }: IdRange,
  query: Query,
  schema: StandardSchema<readonly Row[]>,
  call: CallOptions,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let last = after; ;) {
    const answer = await get(
      '/projects',
      {
        ...membershipQuery,
        ...query,
        per_page: perPage,
        ...(last > 0 && { id_after: last }),
        ...(upTo !== undefined && { id_before: upTo + 1 }),
      },
      call,
    );
    const page = parseAnswer('gitlab', 'the projects', schema, answer.data);
    for (const row of page) {
      if (row.id <= last || (upTo !== undefined && row.id > upTo)) throw outOfOrder();
      rows.push(row);
      last = row.id;
    }
    // Without the word of GitLab itself only an empty page is surely the last.
    const goesOn = hasNextPage(answer) ?? page.length > 0;
    if (!goesOn || last === upTo) return rows;
    if (page.length === 0) throw noWayOn();
  }
}

function outOfOrder(): ProviderError {
  return invalid('GitLab answered other projects than those that it was asked for by id.');
}

function noWayOn(): ProviderError {
  return invalid('GitLab says that the listing goes on, but not where.');
}

function invalid(text: string): ProviderError {
  return new ProviderError('invalid_response', text, {
    provider: 'gitlab',
    repair: {
      text: 'Nothing was lost, but GitLab, or a proxy before it, is at fault. Tell whoever runs it.',
    },
  });
}
