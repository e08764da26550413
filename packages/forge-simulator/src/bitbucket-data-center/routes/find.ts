import type { Owner, Repository } from '../../world/model.js';
import type { Call } from '../endpoint.js';
import { refusals } from '../refusal.js';
import { projectKey } from '../wire/project.js';
import { Moved } from './moved.js';

/** The project that a key names, a person's own one by `~username`. @throws Refusal when there is none, or none to see */
export function findProject(call: Call): Owner {
  const { key = '' } = call.parameters;
  const owner = key.startsWith('~') ? call.world.person(key.slice(1)) : call.world.organization(key);
  if (owner === undefined) throw refusals.noSuchProject(key);
  const isSeen = call.viewer.levelOfProject(owner) !== 'none' || call.listings.owners(call.viewer).has(owner);
  if (!isSeen) throw refusals.notPermitted();
  return owner;
}

/**
 * The repository that a path names.
 * @throws Refusal when there is none, or none to see
 * @throws Moved when it has another path now
 */
export function findRepository(call: Call): Repository {
  const { key = '', slug = '' } = call.parameters;
  const path = `${key.replace(/^~/, '')}/${slug}`;
  const repository = call.world.repository(path);
  const isNamed = repository !== undefined && key.startsWith('~') === (repository.owner.type === 'person');
  if (isNamed) return seen(call, repository);
  const moved = call.oldPaths === 'redirect' ? call.world.movedRepository(path) : undefined;
  if (moved === undefined) throw refusals.noSuchRepository(key, slug);
  const { owner, name } = seen(call, moved);
  const rest = call.request.path.split('/').slice(5);
  const place = ['projects', projectKey(owner), 'repos', name, ...rest].map(encodeURIComponent).join('/');
  throw new Moved(`${call.links.apiUrl}/${place}${call.request.url.search}`);
}

function seen({ viewer }: Call, repository: Repository): Repository {
  if (!viewer.sees(repository)) throw refusals.notPermitted();
  return repository;
}
