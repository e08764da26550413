import type { Organization, Repository } from '../../world/model.js';
import type { Call } from '../endpoint.js';
import { refusals } from '../refusal.js';

/**
 * The project that `:id` names, by its number or its whole path.
 * @throws Refusal when there is none that the caller may know of, and when it has moved: then with the lasting address
 *   of the very resource that was asked for
 */
export function findProject(call: Call): Repository {
  const { state, viewer } = call;
  const { id = '' } = call.path;
  const isNumber = /^\d+$/.test(id);
  const project = isNumber ? state.world.repositoryById(Number(id)) : state.world.repository(id);
  if (project !== undefined && viewer.sees(project)) return project;
  const moved = isNumber || project !== undefined ? undefined : state.world.movedRepository(id);
  if (moved === undefined || !viewer.sees(moved)) throw refusals.notFound('Project');
  const rest = call.request.path.split('/').slice(3);
  const path = ['', 'projects', moved.id, ...rest].join('/');
  throw refusals.moved(`${call.links.apiUrl}${path}${call.request.url.search}`);
}

/** The group that `:id` names, by its number or its whole path. @throws Refusal when the caller may know of none */
export function findGroup({ state, viewer, path: { id = '' } }: Call): Organization {
  const { world } = state;
  const group = /^\d+$/.test(id) ? world.organizationById(Number(id)) : world.organization(id);
  if (group === undefined || !viewer.seesGroup(group)) throw refusals.notFound('Group');
  return group;
}
