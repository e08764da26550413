import { compareLevels } from '@anyforge/core';
import type { Organization } from '../../world/model.js';
import type { Call, Endpoint } from '../endpoint.js';
import { answerPage, nameFilter, repositoryView } from '../endpoint.js';
import { placed } from '../paging.js';
import { projectLevels } from '../permissions.js';
import { refusals } from '../refusal.js';
import { projectWire } from '../wire/project.js';
import { repositoryWire } from '../wire/repository.js';
import { findProject } from './find.js';

export const projectEndpoints: readonly Endpoint[] = [
  { method: 'GET', pattern: '/projects', handle: listProjects },
  { method: 'GET', pattern: '/projects/:key', handle: getProject },
  { method: 'GET', pattern: '/projects/:key/repos', handle: listRepositories },
];

/** People's own projects are not among them. */
function listProjects(call: Call): string {
  const { world, listings, links, request } = call;
  const isNamed = nameFilter(request.query, 'name');
  const isGranted = grantFilter(call);
  const rows = placed(
    [...world.organizations].sort((left, right) =>
      left.name.toLowerCase() < right.name.toLowerCase() ? -1 : 1,
    ),
    (project) => isNamed(project.name) && isGranted(project),
    listings.counting,
  );
  return answerPage(call, 'projects', rows, (project) => JSON.stringify(projectWire(links, project)));
}

/**
 * Whoever has anything in a project may view it. Without `permission` what is public counts as well, as it does in the
 * listing of repositories: whether it counts for PROJECT_VIEW is not documented.
 */
function grantFilter({ viewer, listings, request }: Call): (project: Organization) => boolean {
  const permission = request.query.get('permission');
  if (permission === null || permission === 'PROJECT_VIEW') {
    const owners = permission === null ? listings.owners(viewer) : listings.ownersOfGranted(viewer);
    return (project) => owners.has(project) || viewer.levelOfProject(project) !== 'none';
  }
  const level = projectLevels.get(permission);
  if (level === undefined) throw refusals.badParameter('permission', permission);
  return (project) => compareLevels(viewer.levelOfProject(project), level) >= 0;
}

function getProject(call: Call): string {
  return JSON.stringify(projectWire(call.links, findProject(call)));
}

function listRepositories(call: Call): string {
  const project = findProject(call);
  const view = repositoryView(call);
  const rows = call.listings.of(
    call.viewer,
    `project ${project.id}`,
    (repository, level) =>
      repository.owner === project && (repository.visibility === 'public' || level !== 'none'),
  );
  return answerPage(call, 'repositories', rows, (repository) =>
    JSON.stringify(repositoryWire(view, repository)),
  );
}
