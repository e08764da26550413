import type { PermissionLevel } from '@anyforge/core';
import { compareLevels } from '@anyforge/core';
import type { Owner, Person, Repository, Team } from '../../world/model.js';
import type { Call, Endpoint } from '../endpoint.js';
import { answerPage, nameFilter } from '../endpoint.js';
import { placed } from '../paging.js';
import { projectLevels, projectPermission, repositoryPermission } from '../permissions.js';
import { defaultLevel, memberLevel } from '../levels.js';
import { refusals } from '../refusal.js';
import { groupName } from '../showable.js';
import { permittedGroup, permittedUser } from '../wire/user.js';
import { findProject, findRepository } from './find.js';

const projectRoot = '/projects/:key/permissions';
const repositoryRoot = '/projects/:key/repos/:slug/permissions';

export const permissionEndpoints: readonly Endpoint[] = [
  { method: 'GET', pattern: `${projectRoot}/users`, handle: listProjectUsers },
  { method: 'GET', pattern: `${projectRoot}/groups`, handle: listProjectGroups },
  { method: 'GET', pattern: `${projectRoot}/:permission/all`, handle: getDefault },
  { method: 'GET', pattern: `${repositoryRoot}/users`, handle: listRepositoryUsers },
  { method: 'GET', pattern: `${repositoryRoot}/groups`, handle: listRepositoryGroups },
];

type Permitted<Holder> = readonly [Holder, string];

function listProjectUsers(call: Call): string {
  const project = administeredProject(call);
  if (project.type === 'person') return answerUsers(call, []);
  const permitted = [...call.world.membersOf(project)].flatMap((membership): Permitted<Person>[] => {
    const level = memberLevel(membership);
    return level === 'none' ? [] : [[membership.person, projectPermission(level)]];
  });
  return answerUsers(call, permitted);
}

function listProjectGroups(call: Call): string {
  const project = administeredProject(call);
  if (project.type === 'person') return answerGroups(call, []);
  return answerGroups(call, grantsTo(call, project, 'team', projectPermission));
}

function getDefault(call: Call): string {
  const project = administeredProject(call);
  const { permission = '' } = call.parameters;
  const level = projectLevels.get(permission);
  if (level === undefined) throw refusals.badParameter('permission', permission);
  const granted = project.type === 'person' ? 'none' : defaultLevel(call.world, project);
  return JSON.stringify({ permitted: compareLevels(granted, level) >= 0 });
}

/** What was granted on the repository itself; what comes from its project is not told here. */
function listRepositoryUsers(call: Call): string {
  const repository = administeredRepository(call);
  return answerUsers(call, grantsTo(call, repository, 'person', repositoryPermission));
}

function listRepositoryGroups(call: Call): string {
  const repository = administeredRepository(call);
  return answerGroups(call, grantsTo(call, repository, 'team', repositoryPermission));
}

function grantsTo<Type extends 'person' | 'team'>(
  { world }: Call,
  on: Repository | Exclude<Owner, Person>,
  type: Type,
  wordFor: (level: PermissionLevel) => string,
) {
  return [...world.grantsOn(on)].flatMap(({ to, level }): Permitted<Extract<typeof to, { type: Type }>>[] =>
    isOf(to, type) && level !== 'none' ? [[to, wordFor(level)]] : [],
  );
}

function isOf<Subject extends { readonly type: string }, Type extends string>(
  subject: Subject,
  type: Type,
): subject is Extract<Subject, { type: Type }> {
  return subject.type === type;
}

function administeredProject(call: Call): Owner {
  const project = findProject(call);
  if (call.viewer.levelOfProject(project) !== 'admin') throw refusals.notPermitted();
  return project;
}

function administeredRepository(call: Call): Repository {
  const repository = findRepository(call);
  if (call.viewer.grantedOn(repository) !== 'admin') throw refusals.notPermitted();
  return repository;
}

function answerUsers(call: Call, permitted: readonly Permitted<Person>[]): string {
  const isNamed = nameFilter(call.request.query, 'filter');
  const rows = placed(
    byName(permitted, ({ username }) => username),
    ([{ username, name }]) => isNamed(username) || isNamed(name ?? ''),
    call.listings.counting,
  );
  return answerPage(call, 'permissions', rows, ([person, permission]) =>
    JSON.stringify(permittedUser(call.links, person, permission)),
  );
}

function answerGroups(call: Call, permitted: readonly Permitted<Team>[]): string {
  const isNamed = nameFilter(call.request.query, 'filter');
  const rows = placed(
    byName(permitted, groupName),
    ([team]) => isNamed(groupName(team)),
    call.listings.counting,
  );
  return answerPage(call, 'permissions', rows, ([team, permission]) =>
    JSON.stringify(permittedGroup(team, permission)),
  );
}

function byName<Holder>(
  permitted: readonly Permitted<Holder>[],
  nameOf: (holder: Holder) => string,
): readonly Permitted<Holder>[] {
  return permitted.toSorted(([left], [right]) => (nameOf(left) < nameOf(right) ? -1 : 1));
}
