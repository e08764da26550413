import type { Repository } from '../../world/model.js';
import type { AccountCounts } from '../wire/account.js';

export function countRepositories(repositories: Iterable<Repository>): AccountCounts {
  let publicRepositories = 0;
  let privateRepositories = 0;
  for (const { visibility } of repositories)
    if (visibility === 'public') publicRepositories += 1;
    else privateRepositories += 1;
  return { publicRepositories, privateRepositories };
}
