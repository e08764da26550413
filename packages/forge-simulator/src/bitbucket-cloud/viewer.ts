import type { Access } from '../world/access.js';
import { accessOf, holdersOf, reachOf } from '../world/access.js';
import type { AccessRules } from '../world/access-rules.js';
import type { Owner, Person, Repository } from '../world/model.js';
import type { World } from '../world/world.js';
import type { BitbucketCloudToken } from './tokens.js';
import { personOf, reaches } from './tokens.js';
import { idIn } from './uuid.js';

/** Nobody administers the whole forge, and nothing is internal. */
const rules: AccessRules = { administrators: 'nothing', internal: 'members' };

export interface ReachedRepository {
  readonly repository: Repository;
  readonly access: Access;
}

/** What anybody has on what is public, and an access token on what it is for. */
const readOnly: Access = { level: 'read', role: undefined, sources: [{ via: 'public', level: 'read' }] };

/** Bitbucket as one credential sees it; without a token, as anybody does. */
export class Viewer {
  readonly person: Person | undefined;

  constructor(
    readonly world: World,
    readonly token: BitbucketCloudToken | undefined,
  ) {
    this.person = personOf(token);
  }

  /** What this credential can do on a repository; nothing where it does not even see it. */
  accessTo(repository: Repository): Access | undefined {
    const { token, person, world } = this;
    if (token?.kind === 'access' && reaches(token.target, repository)) return readOnly;
    const access = person === undefined ? undefined : accessOf(world, person, repository, rules);
    if (access !== undefined && access.level !== 'none') return access;
    return repository.visibility === 'public' ? readOnly : undefined;
  }

  /** Everything the person has a grant on, by workspace. */
  reach(): ReadonlyMap<Owner, readonly ReachedRepository[]> {
    const reached = new Map<Owner, ReachedRepository[]>();
    if (this.person === undefined) return reached;
    for (const [repository, access] of reachOf(this.world, this.person, rules)) {
      if (access.level === 'none') continue;
      const inWorkspace = reached.get(repository.owner);
      if (inWorkspace === undefined) reached.set(repository.owner, [{ repository, access }]);
      else inWorkspace.push({ repository, access });
    }
    return reached;
  }

  /** A workspace's repositories, as far as this credential sees them. */
  *visibleIn(workspace: Owner): Generator<Repository> {
    const { token } = this;
    for (const repository of this.world.repositoriesOf(workspace)) {
      if (token?.kind === 'access' && !reaches(token.target, repository)) continue;
      if (this.accessTo(repository) !== undefined) yield repository;
    }
  }

  administers(repository: Repository): boolean {
    return this.person !== undefined && this.accessTo(repository)?.level === 'admin';
  }

  /** Everybody with a grant on a repository. */
  holders(repository: Repository): readonly (readonly [Person, Access])[] {
    return [...holdersOf(this.world, repository, rules)].filter(([, { level }]) => level !== 'none');
  }
}

/** The workspace with this slug or uuid. A person's own exists as soon as there is a repository in it. */
export function findWorkspace(world: World, identifier: string): Owner | undefined {
  const id = idIn('workspace', identifier);
  const owner =
    id === undefined
      ? (world.organization(identifier) ?? world.person(identifier))
      : (world.organizationById(id) ?? [...world.people].find((person) => person.id === id));
  if (owner?.type !== 'person') return owner;
  return [...world.repositoriesOf(owner)].length === 0 ? undefined : owner;
}

/** The repository with this slug or uuid. With a uuid the workspace may be any of its names, or `{}`. */
export function findRepository(world: World, workspace: string, identifier: string): Repository | undefined {
  const id = idIn('repository', identifier);
  if (id === undefined) {
    const owner = findWorkspace(world, workspace);
    return owner === undefined ? undefined : world.repository(`${owner.path}/${identifier}`);
  }
  const repository = world.repositoryById(id);
  if (workspace === '{}') return repository;
  return repository !== undefined && repository.owner === findWorkspace(world, workspace)
    ? repository
    : undefined;
}

export function isOwner(world: World, workspace: Owner, person: Person): boolean {
  if (workspace.type === 'person') return workspace === person;
  const membership = world.membership(workspace, person);
  return membership?.state === 'active' && membership.role === 'owner';
}

export function isMember(world: World, workspace: Owner, person: Person): boolean {
  if (workspace.type === 'person') return workspace === person;
  return world.membership(workspace, person)?.state === 'active';
}
