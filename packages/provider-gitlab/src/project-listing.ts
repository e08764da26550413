import type { CallOptions, Page, Permission, Repository, RepositoryQuery } from '@anyforge/core';
import { createPathFilter } from '@anyforge/core';
import { walkPages } from '@anyforge/provider-kit';
import { bandOf, toPermission } from './access-levels.js';
import type { Get } from './api.js';
import type { GroupSelection } from './group-selection.js';
import { selectGroups } from './group-selection.js';
import { namespaceOf, readsCode, toRepository } from './map.js';
import { knownLevel } from './project-levels.js';
import { planRanges } from './project-plan.js';
import type { BandedProject, IdRange } from './project-range.js';
import { readProjects } from './project-range.js';
import { createSlots } from './slots.js';

/** For one listing, however many ranges it reads. */
const requestsAtOnce = 10;

/**
 * Lists the projects that the account is a member of, in the order of their ids, ranges of ids at once. A range
 * without an end is cut up first; what it was cut into is read in its stead.
 */
export function listProjects(
  get: Get,
  query: RepositoryQuery,
  call: CallOptions,
): AsyncIterable<Page<Repository>> {
  const { organizations = [], patterns = [], resume } = query;
  const filter = createPathFilter(patterns);
  const isWhole = organizations.length === 0 && patterns.length === 0;
  const inSlot = createSlots(requestsAtOnce);
  const ask: Get = (path, parameters, options) => inSlot(() => get(path, parameters, options));
  let selection: Promise<GroupSelection> | undefined;

  return walkPages<Repository, IdRange>({
    provider: 'gitlab',
    listing: JSON.stringify(['projects by id', 1, organizations, patterns]),
    first: { after: 0 },
    resume,
    call,
    load: async (position, pageCall) => {
      if (organizations.length > 0) selection ??= selectGroups(ask, organizations, pageCall);
      const groups = await selection;
      const plan = position.upTo === undefined ? await planRanges(ask, position.after, pageCall) : undefined;
      const [range, ...rest] = plan?.ranges ?? [position];
      const projects = await readProjects(ask, range, pageCall);
      if (range.upTo === undefined) await groups?.confirm(pageCall);
      return {
        items: projects
          .map(toListed)
          .filter(({ path, namespace }) => (groups?.includes(namespace) ?? true) && filter.includes(path)),
        total: isWhole && position.after === 0 ? plan?.total : undefined,
        next: range.upTo === undefined ? undefined : { after: range.upTo },
        rest,
      };
    },
  });
}

function toListed({ project, band }: BandedProject): Repository {
  return toRepository(project, permissionOf({ project, band }));
}

/**
 * The band is what counts; the row's own access level gives the word where it lies in that band, else it is the least
 * that the band can mean.
 */
function permissionOf({ project, band }: BandedProject): Permission {
  const known = knownLevel(project);
  const options = { readsCode: readsCode(project) };
  if (band === 'changed') {
    const reason = 'The permission changed while it was read. List again.';
    return { level: 'unknown', native: toPermission(known, options).native, reason };
  }
  const least = Math.max(band, leastLevel);
  return toPermission(bandOf(known) === band && known > least ? known : least, options);
}

/** Guest, which every member is at least. */
const leastLevel = 10;
