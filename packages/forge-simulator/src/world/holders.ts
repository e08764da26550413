import type { AccessRules } from './access-rules.js';
import { lineage } from './lineage.js';
import type { Grant, Organization, Person, Repository, Team } from './model.js';
import type { ReadableWorld } from './readable-world.js';

/** Everybody who may turn out to have a grant on a repository, some of them more than once. */
export function peopleWhoMayHold(
  world: ReadableWorld,
  repository: Repository,
  rules: AccessRules,
): ReadonlySet<Person> {
  const people = new Set<Person>();
  const { owner, project } = repository;
  addAll(people, grantees(world, world.grantsOn(repository)));
  if (project !== undefined) addAll(people, grantees(world, world.grantsOn(project)));
  if (owner.type === 'person') people.add(owner);
  else addAll(people, peopleIn(world, owner));
  if (rules.administrators === 'everything')
    for (const person of world.people) if (person.administrator) people.add(person);
  return people;
}

/** Who may have a level in an organization: its members, its ancestors', and those that a grant there reaches. */
function* peopleIn(world: ReadableWorld, organization: Organization): Generator<Person> {
  for (const each of lineage(organization)) {
    yield* membersOf(world, each);
    for (const { to } of world.grantsOn(each))
      yield* to.type === 'organization' ? membersOf(world, to) : peopleBehind(world, to);
  }
}

function* grantees(world: ReadableWorld, grants: Iterable<Grant>): Generator<Person> {
  for (const { to } of grants)
    yield* to.type === 'organization' ? peopleIn(world, to) : peopleBehind(world, to);
}

function* peopleBehind(world: ReadableWorld, subject: Exclude<Grant['to'], Organization>): Generator<Person> {
  switch (subject.type) {
    case 'person':
      yield subject;
      break;
    case 'everybody':
      yield* world.people;
      break;
    case 'team':
      yield* peopleInTeam(world, subject);
  }
}

function* peopleInTeam(world: ReadableWorld, team: Team): Generator<Person> {
  yield* world.peopleIn(team);
  for (const child of world.subteamsOf(team)) yield* peopleInTeam(world, child);
}

function* membersOf(world: ReadableWorld, organization: Organization): Generator<Person> {
  for (const { person } of world.membersOf(organization)) yield person;
}

function addAll(people: Set<Person>, more: Iterable<Person>): void {
  for (const person of more) people.add(person);
}
