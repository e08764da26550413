import type { Call } from '../endpoint.js';
import type { ReachedRepository } from '../viewer.js';
import type { RepositoryView } from '../wire/repository.js';
import { repositoryJson } from '../wire/repository.js';

export function repositoryView({ links, apiVersion, viewer }: Call): RepositoryView {
  return { links, apiVersion, authenticated: viewer.token !== undefined };
}

/** Writes the repositories of a listing. */
export function repositoryWriter(call: Call): (entry: ReachedRepository) => string {
  const view = repositoryView(call);
  return ({ repository, access }) => repositoryJson(view, repository, access);
}
