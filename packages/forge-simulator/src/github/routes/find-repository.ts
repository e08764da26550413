import type { Repository } from '../../world/model.js';
import type { Call } from '../endpoint.js';
import { idIn } from '../endpoint.js';
import { Refusal, refusals } from '../refusal.js';
import type { ReachedRepository } from '../viewer.js';

/**
 * The repository that a path under `/repos/:owner/:repo` or `/repositories/:id` names.
 * @throws Refusal when there is none that the caller may know of, when an organization's rule forbids it, and when it
 *   has moved: then with the lasting address of the very resource that was asked for
 */
export function findRepository(call: Call): ReachedRepository {
  const { parameters, state } = call;
  const { owner = '', repo = '' } = parameters;
  if ('id' in parameters) {
    const id = idIn(parameters);
    return seen(call, id === undefined ? undefined : state.world.repositoryById(id));
  }
  const path = `${owner}/${repo}`;
  const repository = state.world.repository(path);
  if (repository !== undefined) return seen(call, repository);
  const moved = seen(call, state.world.movedRepository(path)).repository;
  const rest = call.request.path.split('/').slice(4).join('/');
  const { search } = call.request.url;
  const url = `${call.links.apiUrl}/repositories/${moved.id}${rest === '' ? '' : `/${rest}`}${search}`;
  throw new Refusal(301, 'Moved Permanently', {
    headers: { location: url },
    fields: { url },
    documentationUrl:
      'https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects',
  });
}

function seen({ viewer }: Call, repository: Repository | undefined): ReachedRepository {
  if (repository === undefined) throw refusals.notFound();
  const sight = viewer.sightOf(repository);
  if (sight.kind === 'hidden') throw refusals.notFound();
  if (sight.kind === 'refused') throw sight.refusal;
  return { repository, access: sight.access };
}
