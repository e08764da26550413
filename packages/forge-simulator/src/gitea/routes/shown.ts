import type { Repository } from '../../world/model.js';
import type { Call } from '../endpoint.js';
import { repositoryJson } from '../wire/repository.js';

/** A row, with what whoever asks may do on it. */
export function shown({ viewer, state, links }: Call, repository: Repository): object {
  return repositoryJson({ links, owners: state.owners }, repository, viewer.permissionOn(repository));
}
