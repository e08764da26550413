import type { CallOptions } from '@anyforge/core';
import type { Get } from './api.js';
import { settingsWire } from './wire.js';

/** Where an instance allows more, this keeps one answer from taking long: each row of it is worked out singly. */
const mostUseful = 100;

/**
 * Tells how many items a page may have, which an administrator sets: `MAX_RESPONSE_ITEMS`, 50 by default. A
 * session that knows it keeps it.
 *
 * @see https://docs.gitea.com/administration/config-cheat-sheet#api-api
 */
export function createPageSize(get: Get): (call: CallOptions) => Promise<number> {
  let known: number | undefined;
  return async (call) => {
    if (known !== undefined) return known;
    const { data } = await get({ what: 'its settings', path: '/settings/api', schema: settingsWire }, call);
    known = Math.min(data.max_response_items, mostUseful);
    return known;
  };
}
