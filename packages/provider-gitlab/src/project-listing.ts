import type { CallOptions, Clock, Page, Repository, RepositoryQuery } from '@anyforge/core';
import { createPathFilter } from '@anyforge/core';
import { createSlots, walkPages } from '@anyforge/provider-kit';
import type { Get } from './api.js';
import type { GroupSelection } from './group-selection.js';
import { selectGroups } from './group-selection.js';
import { toBandPermission, toRepository } from './map.js';
import { planRanges } from './project-plan.js';
import type { IdRange } from './project-range.js';
import { readProjects } from './project-range.js';
import { mustBeSignedIn } from './signed-in.js';

/** For one listing, however many ranges it reads. */
const requestsAtOnce = 10;

/**
 * Lists the projects that the account is a member of, in the order of their ids, ranges of ids at once. A range
 * without an end is cut up first; what it was cut into is read in its stead.
 */
export function listProjects(
  { get, apiUrl }: { readonly get: Get; readonly apiUrl: string },
  query: RepositoryQuery,
  call: CallOptions,
  clock?: Pick<Clock, 'now'>,
): AsyncIterable<Page<Repository>> {
  const { organizations = [], patterns = [], resume } = query;
  const filter = createPathFilter(patterns);
  const isWhole = organizations.length === 0 && patterns.length === 0;
  const inSlot = createSlots(requestsAtOnce);
  const ask: Get = (path, parameters, options) => inSlot(() => get(path, parameters, options));
  let selection: Promise<GroupSelection> | undefined;

  return walkPages<Repository, IdRange>({
    provider: 'gitlab',
    // Whose it is, a token without `read_user` is not told: a checkpoint belongs to the credential that it was made with.
    listing: JSON.stringify(['projects by id', 2, apiUrl, organizations, patterns]),
    first: { after: 0 },
    resume,
    call,
    clock,
    load: async (position, pageCall) => {
      if (organizations.length > 0) selection ??= selectGroups(ask, organizations, pageCall);
      const groups = await selection;
      const plan = position.upTo === undefined ? await planRanges(ask, position.after, pageCall) : undefined;
      const [range, ...rest] = plan?.ranges ?? [position];
      const projects = await readProjects(ask, range, pageCall);
      if (projects.length === 0) await mustBeSignedIn(ask, pageCall);
      await groups?.confirm(pageCall);
      return {
        items: projects
          .map(({ project, band }) => toRepository(project, toBandPermission(project, band)))
          .filter(({ path, namespace }) => (groups?.includes(namespace) ?? true) && filter.includes(path)),
        omitted: groups?.omitted,
        total: isWhole && position.after === 0 ? plan?.total : undefined,
        next: range.upTo === undefined ? undefined : { after: range.upTo },
        rest,
      };
    },
  });
}
