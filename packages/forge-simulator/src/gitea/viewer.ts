import type { Organization, Person, Repository } from '../world/model.js';
import type { RepositoryPermission } from './permissions.js';
import type { Scopes } from './scopes.js';
import { isPublicOnly } from './scopes.js';
import type { GiteaState } from './state.js';

/** Gitea as whoever asks sees it. */
export class Viewer {
  /** @param scopes of the token; absent where somebody is nobody, or has signed in with a password */
  constructor(
    readonly state: GiteaState,
    readonly person: Person | undefined,
    readonly scopes: Scopes | undefined,
  ) {}

  /** Whether the token shows nothing but what everybody may see. */
  get publicOnly(): boolean {
    return this.scopes !== undefined && isPublicOnly(this.scopes);
  }

  get administers(): boolean {
    return this.person?.administrator === true;
  }

  /** What the person may do; what the token may is not looked at. */
  permissionOn(repository: Repository): RepositoryPermission {
    return this.state.permissions.of(this.person, repository);
  }

  sees(repository: Repository): boolean {
    if (this.publicOnly && repository.visibility === 'private') return false;
    return this.permissionOn(repository).any;
  }

  isMemberOf(organization: Organization): boolean {
    return this.state.teams.isMember(organization, this.person);
  }

  owns(organization: Organization): boolean {
    return this.person !== undefined && this.state.teams.isOwner(organization, this.person);
  }
}
