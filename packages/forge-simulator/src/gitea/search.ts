import type { Owner, Person, Repository } from '../world/model.js';
import type { GiteaState } from './state.js';
import type { Viewer } from './viewer.js';

/** What a search is for. */
export interface Search {
  /** Whether what is not open to everybody is looked for as well. */
  readonly withPrivate: boolean;
  /** Whose repositories: those of an account, and what somebody has in those of others. */
  readonly of: Owner | undefined;
  /** Only what the account owns, only what it does not, or both. */
  readonly owned: 'only' | 'not' | 'both';
  readonly isPrivate: boolean | undefined;
  readonly archived: boolean | undefined;
  readonly fork: boolean | undefined;
  readonly teamId: number | undefined;
  /** In lower case. */
  readonly keyword: string | undefined;
}

/**
 * What is found, in no order.
 * @see https://github.com/go-gitea/gitea/blob/v1.26.3/models/repo/repo_list.go
 */
export function* searchRepositories(viewer: Viewer, search: Search): Generator<Repository> {
  const { state } = viewer;
  for (const repository of state.world.repositories)
    if (isVisible(viewer, search, repository) && fits(viewer, search, repository)) yield repository;
}

/** Whether it is among those that whoever asks may find at all. */
function isVisible(viewer: Viewer, { withPrivate, of }: Search, repository: Repository): boolean {
  const { person, state } = viewer;
  if (!withPrivate)
    return repository.visibility !== 'private' && state.owners.visibilityOf(repository.owner) === 'public';
  const isAsked = person !== undefined && !person.administrator && person !== of;
  return !isAsked && person?.external !== true ? true : isAccessible(state, person, repository);
}

/** Whether somebody may find it: it is open to them, or theirs, or there is a record of them, or a team's. */
function isAccessible(state: GiteaState, person: Person | undefined, repository: Repository): boolean {
  const { owner, visibility } = repository;
  const ownerVisibility = state.owners.visibilityOf(owner);
  const isOpen = visibility !== 'private';
  if (person === undefined) return isOpen && ownerVisibility === 'public';
  if (owner === person || hasShare(state, person, repository)) return true;
  if (!isOpen) return false;
  // Only organizations are private here; what a private person has that is open is found.
  const hides = owner.type === 'organization' ? ownerVisibility : 'public';
  if (person.external) return !state.closed && hides === 'public';
  return hides !== 'private' || (owner.type === 'organization' && state.teams.isMember(owner, person));
}

function hasShare({ permissions, teams }: GiteaState, person: Person, repository: Repository): boolean {
  return (
    permissions.hasRecord(person, repository) ||
    teams.with(person).some(({ repositories }) => repositories.has(repository))
  );
}

function fits({ state }: Viewer, search: Search, repository: Repository): boolean {
  const { of, owned, isPrivate, archived, fork, teamId, keyword } = search;
  if (isPrivate !== undefined && (repository.visibility === 'private') !== isPrivate) return false;
  if (archived !== undefined && repository.archived !== archived) return false;
  if (fork !== undefined && (repository.forkOf !== undefined) !== fork) return false;
  if (keyword !== undefined && !repository.name.toLowerCase().includes(keyword)) return false;
  if (teamId !== undefined && state.teams.byId(teamId)?.repositories.has(repository) !== true) return false;
  if (of === undefined) return true;
  if (repository.owner === of) return owned !== 'not';
  return owned !== 'only' && of.type === 'person' && collaborates(state, of, search, repository);
}

/** Whether somebody has a part in what is not theirs. Nobody has made their memberships public here. */
function collaborates(state: GiteaState, person: Person, search: Search, repository: Repository): boolean {
  const { owner, visibility } = repository;
  const isMember = owner.type === 'organization' && state.teams.isMember(owner, person);
  if (isMember && !search.withPrivate) return false;
  if (hasShare(state, person, repository)) return true;
  return (
    state.profile.findsOpenOfPrivate &&
    isMember &&
    visibility !== 'private' &&
    state.owners.visibilityOf(owner) === 'private'
  );
}
