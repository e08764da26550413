import type { Repository } from '../../world/model.js';
import type { Answer, Call, Endpoint } from '../endpoint.js';
import { answerOne, answerPage, signedIn } from '../endpoint.js';
import { byId, byName } from '../listings.js';
import { refusals } from '../refusal.js';
import { modes } from '../units.js';
import type { Viewer } from '../viewer.js';
import { findAccount, findOrganization, findRepository, findTeam } from './find.js';
import { answerSearch, found } from './search.js';
import { shown } from './shown.js';

const scopes = ['repository'] as const;

export const repositoryEndpoints: readonly Endpoint[] = [
  {
    pattern: '/user/repos',
    scopes: ['user'],
    furtherScopes: scopes,
    signIn: 'needed',
    handle: listOwn,
  },
  { pattern: '/repos/search', scopes, signIn: 'open', handle: answerSearch },
  {
    pattern: '/repos/:owner/:repo',
    scopes,
    signIn: 'open',
    handle: (call) => answerOne(shown(call, findRepository(call))),
  },
  { pattern: '/repositories/:id', scopes, signIn: 'needed', handle: getById },
  {
    pattern: '/orgs/:org/repos',
    scopes: ['organization'],
    signIn: 'open',
    handle: (call) => listOwned(call, findOrganization(call)),
  },
  {
    pattern: '/users/:username/repos',
    scopes: ['user'],
    furtherScopes: scopes,
    signIn: 'open',
    handle: (call) => listOwned(call, findAccount(call)),
  },
  { pattern: '/teams/:id/repos', scopes: ['organization'], signIn: 'later', handle: listOfTeam },
];

/** The same as a search for the person, in another order: names are not unique. */
function listOwn(call: Call): Answer {
  const search = { ...everythingOf(signedIn(call)), withPrivate: !call.viewer.publicOnly };
  return answerPage(call, {
    items: found(call, search, { name: 'name', order: byName }),
    toJson: (repository) => shown(call, repository),
  });
}

function everythingOf(of: Parameters<typeof listOwned>[1]) {
  return {
    of,
    owned: 'both',
    isPrivate: undefined,
    archived: undefined,
    fork: undefined,
    teamId: undefined,
    keyword: undefined,
  } as const;
}

/** Everything that an account owns is counted and paged; what may not be seen is then left out. */
function listOwned(call: Call, owner: Repository['owner']): Answer {
  const { viewer, state, listings } = call;
  const withPrivate = viewer.person !== undefined && !viewer.publicOnly;
  return answerPage(call, {
    items: listings.of({
      key: `owned by ${owner.id} ${withPrivate}`,
      entries: () =>
        [...state.world.repositoriesOf(owner)].filter(
          ({ visibility }) => withPrivate || visibility !== 'private',
        ),
      order: byId,
    }),
    toJson: (repository) => shown(call, repository),
    shows: (repository) => isListed(viewer, repository),
  });
}

function isListed(viewer: Viewer, repository: Repository): boolean {
  return viewer.administers || viewer.permissionOn(repository).any;
}

function listOfTeam(call: Call): Answer {
  const team = findTeam(call);
  return answerPage(call, {
    items: [...team.repositories].sort(byName),
    toJson: (repository) => shown(call, repository),
  });
}

function getById(call: Call): Answer {
  const { id = '' } = call.path;
  const repository = /^\d+$/.test(id) ? call.state.world.repositoryById(Number(id)) : undefined;
  if (repository === undefined || !call.viewer.sees(repository)) throw refusals.notFound();
  return answerOne(shown(call, repository));
}

/** Whether whoever asks may ask who else may do what. */
export function mayAskOfOthers(viewer: Viewer, repository: Repository): boolean {
  return viewer.administers || viewer.permissionOn(repository).mode >= modes.admin;
}
