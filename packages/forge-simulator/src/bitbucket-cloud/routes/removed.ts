import type { Endpoint } from '../endpoint.js';
import { refusals } from '../refusal.js';

/**
 * What Bitbucket took away: the listings across workspaces on 14 April 2026, issues and wikis on 20 August 2026.
 * @see https://developer.atlassian.com/cloud/bitbucket/changelog/#CHANGE-2770
 */
const patterns = [
  '/workspaces',
  '/repositories',
  '/snippets',
  '/pullrequests/:user',
  '/user/permissions/workspaces',
  '/user/permissions/repositories',
  '/repositories/:workspace/:repository/issues',
  '/repositories/:workspace/:repository/wiki',
] as const;

export const removedEndpoints: readonly Endpoint[] = patterns.map((pattern) => ({
  pattern,
  asks: 'anybody',
  scopes: { oauth: [], api: [] },
  handle: () => {
    throw refusals.removed();
  },
}));
