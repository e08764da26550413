import type { Organization, Owner, Repository } from '../../world/model.js';
import type { Call } from '../endpoint.js';
import { signedIn } from '../endpoint.js';
import { refusals } from '../refusal.js';
import type { GiteaTeam } from '../teams.js';

/**
 * The repository that `:owner` and `:repo` name. Whoever asks learns where it has gone, whether they may see it or not.
 * @throws Refusal when there is none that they may see, and when it or its owner has another name
 */
export function findRepository(call: Call): Repository {
  const { state, viewer, path } = call;
  const { owner: ownerName = '', repo = '' } = path;
  const { world } = state;
  const repository = world.repository(`${ownerName}/${repo}`);
  if (repository !== undefined) {
    if (!viewer.sees(repository)) throw refusals.notFound();
    return repository;
  }
  const owner = world.person(ownerName) ?? world.organization(ownerName);
  if (owner === undefined) throw movedAccount(call, ownerName) ?? refusals.noOwner(ownerName);
  const moved = world.movedRepository(`${ownerName}/${repo}`);
  if (moved === undefined) throw refusals.notFound();
  throw refusals.moved(301, placed(call, `${ownerName}/${repo}`, moved.path));
}

/** @throws Refusal when there is none, and when it has another name */
export function findOrganization(call: Call): Organization {
  const { state, viewer, path } = call;
  const { org: name = '' } = path;
  const organization = state.world.organization(name);
  if (organization === undefined) throw movedAccount(call, name) ?? refusals.noOrganization(name);
  if (viewer.publicOnly && state.owners.visibilityOf(organization) !== 'public')
    throw refusals.publicOnly('orgs');
  return organization;
}

/** @throws Refusal when there is none, and when it has another name */
export function findAccount(call: Call): Owner {
  const { username = '' } = call.path;
  const { world } = call.state;
  const account = world.person(username) ?? world.organization(username);
  if (account !== undefined) return account;
  throw movedAccount(call, username) ?? refusals.noAccount(username);
}

/** A team that whoever asks may look into. @throws Refusal */
export function findTeam(call: Call): GiteaTeam {
  const { state, viewer } = call;
  const { id = '' } = call.path;
  const team = /^\d+$/.test(id) ? state.teams.byId(Number(id)) : undefined;
  if (team === undefined) throw refusals.notFound();
  const isIn = team.members.has(signedIn(call));
  if (!viewer.administers && !viewer.owns(team.organization) && !isIn)
    throw viewer.isMemberOf(team.organization)
      ? refusals.forbidden('Must be a team member')
      : refusals.notFound();
  return team;
}

/** Whoever is not signed in does not learn where an account has gone that is not everybody's to see. */
function movedAccount(call: Call, name: string): Error | undefined {
  const { state, viewer } = call;
  const moved = state.world.movedAccount(name);
  if (moved === undefined) return undefined;
  if (viewer.person === undefined && state.owners.visibilityOf(moved) !== 'public') return undefined;
  return refusals.moved(307, placed(call, name, moved.path));
}

/** The address of the same resource under another name. */
function placed({ request: { url } }: Call, former: string, present: string): string {
  return url.pathname.replace(former, present) + url.search;
}
