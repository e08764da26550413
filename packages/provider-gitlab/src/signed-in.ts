import type { CallOptions } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { Get } from './api.js';

/**
 * Makes sure that GitLab knows who asks. Where a credential gets lost on the way, as with a proxy that keeps
 * `Authorization` to itself, a listing is answered with a 200: of projects it has nothing, of groups all public ones.
 *
 * @throws ProviderError `unauthenticated` when GitLab answers to nobody
 * @see https://gitlab.com/gitlab-org/gitlab/-/blob/master/app/finders/projects_finder.rb
 * @see https://gitlab.com/gitlab-org/gitlab/-/blob/master/app/finders/groups_finder.rb
 */
export async function mustBeSignedIn(get: Get, call: CallOptions): Promise<void> {
  try {
    await get('/user', {}, call);
  } catch (error) {
    // A token that may not read its own user is somebody's too.
    if (ProviderError.is(error) && (error.kind === 'forbidden' || error.kind === 'insufficient_scope'))
      return;
    throw error;
  }
}
