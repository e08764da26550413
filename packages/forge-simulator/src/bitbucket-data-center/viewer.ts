import type { PermissionLevel } from '@anyforge/core';
import { reachOf } from '../world/access.js';
import type { Owner, Person, Repository } from '../world/model.js';
import type { World } from '../world/world.js';
import { projectLevelOf, repositoryLevelOf } from './levels.js';
import { bitbucketDataCenterRules, lower } from './permissions.js';
import type { BitbucketToken } from './tokens.js';
import { personOf, projectCap, repositoryCap } from './tokens.js';

/** Who a request is from, as `X-AUSERNAME` and `X-AUSERID` tell it. */
export interface SignedInUser {
  readonly id: number;
  readonly username: string;
}

export interface GrantedRepository {
  readonly repository: Repository;
  readonly level: PermissionLevel;
}

/** Ids of the users that stand for tokens, apart from those of the world's people. */
const firstServiceUserId = 1_000_000;

/**
 * Bitbucket as one credential sees it; without a token, as anybody does. A token with less than its owner has shows
 * what it has itself: whether listings do that is not documented, and showing more would be a promise it cannot keep.
 */
export class Viewer {
  readonly person: Person | undefined;

  constructor(
    readonly world: World,
    readonly token: BitbucketToken | undefined,
  ) {
    this.person = personOf(token);
  }

  /** Undefined for nobody. What the users are called that stand for tokens is documented nowhere. */
  get user(): SignedInUser | undefined {
    const { token, person } = this;
    if (person !== undefined) return person;
    if (token === undefined) return undefined;
    return { id: firstServiceUserId + token.id, username: `access-token-user/${token.kind}/${token.id}` };
  }

  /** What this credential has been granted on a repository; `none` where all may see it and that is all. */
  grantedOn(repository: Repository): PermissionLevel {
    const { token, person, world } = this;
    if (token === undefined) return 'none';
    const cap = repositoryCap(token);
    if (token.kind === 'project') return token.project === repository.owner ? cap : 'none';
    if (token.kind === 'repository') return token.repository === repository ? cap : 'none';
    if (person === undefined) return 'none';
    return lower(repositoryLevelOf(world, person, repository), cap);
  }

  sees(repository: Repository): boolean {
    return repository.visibility === 'public' || this.grantedOn(repository) !== 'none';
  }

  /** Everything this credential has been granted something on, in no order. */
  *granted(): Generator<GrantedRepository> {
    const { token, person, world } = this;
    if (token === undefined) return;
    const cap = repositoryCap(token);
    if (token.kind === 'project')
      for (const repository of world.repositoriesOf(token.project)) yield { repository, level: cap };
    if (token.kind === 'repository') yield { repository: token.repository, level: cap };
    if (person === undefined || cap === 'none') return;
    for (const [repository, { level }] of reachOf(world, person, bitbucketDataCenterRules))
      yield { repository, level: lower(level, cap) };
  }

  /** What this credential has on a project itself. */
  levelOfProject(project: Owner): PermissionLevel {
    const { token, person, world } = this;
    if (token === undefined) return 'none';
    const cap = projectCap(token);
    if (token.kind === 'project') return token.project === project ? cap : 'none';
    if (person === undefined) return 'none';
    if (project.type === 'person') return project === person ? cap : 'none';
    return lower(projectLevelOf(world, person, project), cap);
  }
}
