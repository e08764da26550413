import type { Caller } from '../people/caller.js';
import type { ApiTokenScope } from '../store/rows/people.js';

/** Somebody in a browser. */
export function callerOf(personId: string, sessionId = `session-of-${personId}`): Caller {
  return { personId, username: personId, role: 'member', via: { kind: 'session', sessionId } };
}

/** A program of somebody's. */
export function programOf(personId: string, scopes: readonly ApiTokenScope[] = ['manage']): Caller {
  const via = { kind: 'api_token', tokenId: `api-token-of-${personId}`, scopes } as const;
  return { personId, username: personId, role: 'member', via };
}
