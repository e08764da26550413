import type { PermissionLevel } from '@anyforge/core';
import { compareLevels } from '@anyforge/core';
import type { Person } from '../../world/model.js';
import type { Call, Endpoint } from '../endpoint.js';
import { answerPage, mustBeSignedIn, nameFilter } from '../endpoint.js';
import { placed } from '../paging.js';
import { projectLevelOf, repositoryLevelOf } from '../levels.js';
import { projectLevels, repositoryLevels } from '../permissions.js';
import { refusals } from '../refusal.js';
import { groupName } from '../showable.js';
import { serviceUserWire, userSlug, userWire } from '../wire/user.js';

export const userEndpoints: readonly Endpoint[] = [
  { method: 'GET', pattern: '/users', handle: listUsers },
  { method: 'GET', pattern: '/users/:slug', handle: getUser },
];

type UserFilter = (person: Person) => boolean;

function listUsers(call: Call): string {
  mustBeSignedIn(call);
  const { query } = call.request;
  const isNamed = nameFilter(query, 'filter');
  const tests = [groupFilter(call), ...permissionFilters(call)];
  const rows = placed(
    [...call.world.people].sort((left, right) => (left.username < right.username ? -1 : 1)),
    (person) =>
      !person.suspended &&
      [person.username, person.name ?? '', person.email ?? ''].some(isNamed) &&
      tests.every((test) => test(person)),
    call.listings.counting,
  );
  return answerPage(call, 'users', rows, (person) => JSON.stringify(userWire(call.links, person)));
}

function getUser(call: Call): string {
  const user = mustBeSignedIn(call);
  const { slug = '' } = call.parameters;
  for (const person of call.world.people)
    if (userSlug(person.username) === slug.toLowerCase()) return JSON.stringify(userWire(call.links, person));
  if (userSlug(user.username) === slug) return JSON.stringify(serviceUserWire(user));
  throw refusals.noSuchUser(slug);
}

function groupFilter({ world, request }: Call): UserFilter {
  const name = request.query.get('group');
  if (name === null) return () => true;
  return (person) => [...world.teamsOf(person)].some((team) => groupName(team) === name);
}

/**
 * `permission`, or `permission.1`, `permission.2` and so on, all of which must hold: what each person has in effect.
 * Numbers have to begin at 1 and leave none out: what is behind a gap is not looked at, as if it had not been asked.
 */
function permissionFilters(call: Call): readonly UserFilter[] {
  const { query } = call.request;
  const filters = query.has('permission') ? [permissionFilter(call, 'permission')] : [];
  for (let number = 1; query.has(`permission.${number}`); number += 1)
    filters.push(permissionFilter(call, `permission.${number}`));
  return filters;
}

function permissionFilter(call: Call, prefix: string): UserFilter {
  const { world, request } = call;
  const permission = request.query.get(prefix) ?? '';
  if (permission === 'LICENSED_USER') return call.isLicensed;
  if (permission === 'ADMIN' || permission === 'SYS_ADMIN') return ({ administrator }) => administrator;
  const key = request.query.get(`${prefix}.projectKey`) ?? '';
  const forRepository = repositoryLevels.get(permission);
  if (forRepository !== undefined) {
    const slug = request.query.get(`${prefix}.repositorySlug`) ?? '';
    const repository = world.repository(`${key.replace(/^~/, '')}/${slug}`);
    if (repository === undefined || !call.viewer.sees(repository)) throw refusals.noSuchRepository(key, slug);
    return (person) => isAtLeast(repositoryLevelOf(world, person, repository), forRepository);
  }
  const forProject = projectLevels.get(permission);
  const project = world.organization(key);
  if (forProject === undefined) throw refusals.badParameter(prefix, permission);
  if (project === undefined) throw refusals.noSuchProject(key);
  return (person) => isAtLeast(projectLevelOf(world, person, project), forProject);
}

function isAtLeast(level: PermissionLevel, wanted: PermissionLevel): boolean {
  return compareLevels(level, wanted) >= 0;
}
