import type { Answer, Call, Endpoint } from '../endpoint.js';
import { answerOne, mustNotBePublicOnly } from '../endpoint.js';
import { refusals } from '../refusal.js';

export const metaEndpoints: readonly Endpoint[] = [
  { pattern: '/version', scopes: [], signIn: 'open', handle: getVersion },
  { pattern: '/settings/api', scopes: [], signIn: 'open', handle: getSettings },
  {
    pattern: '/notifications/new',
    scopes: ['notification'],
    signIn: 'needed',
    handle: countNotifications,
  },
  { pattern: '/admin/cron', scopes: ['admin'], signIn: 'needed', handle: listTimers },
];

function getVersion({ state: { profile } }: Call): Answer {
  return answerOne({ version: profile.version });
}

function getSettings({ state: { pageSizes, profile } }: Call): Answer {
  return answerOne({
    max_response_items: pageSizes.maximum,
    default_paging_num: pageSizes.usual,
    default_git_trees_per_page: 1000,
    default_max_blob_size: 10_485_760,
    ...(profile.tellsLargestAnswer && { default_max_response_size: 104_857_600 }),
  });
}

/** There is nothing to be told of. */
function countNotifications(call: Call): Answer {
  mustNotBePublicOnly(call);
  if (call.viewer.publicOnly) throw refusals.publicOnly('notifications');
  return answerOne({ new: 0 });
}

/** There are no timers. */
function listTimers({ viewer }: Call): Answer {
  if (!viewer.administers) throw refusals.forbidden('user should be the site admin');
  return { body: '[]', headers: { 'x-total-count': '0' } };
}
