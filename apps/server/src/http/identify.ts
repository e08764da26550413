import type { Caller, Hub } from '@anyforge/hub';
import { HubError } from '@anyforge/hub';
import type { Request } from 'express';
import type { Cookies } from './cookies.js';
import { refuseOtherPerson } from './named-person.js';
import { RequestProblem } from './problems.js';

export interface IdentifyParts {
  readonly hub: Pick<Hub, 'authentication'>;
  readonly cookies: Cookies;
  /** Where people reach the server. */
  readonly publicUrl: string;
}

/**
 * Tells who asks; undefined: nobody that is known.
 *
 * @param use `unattended`: of a request that came long ago, which keeps no session alive
 */
export type Identify = (
  request: Request,
  use?: { readonly unattended?: boolean },
) => Promise<Caller | undefined>;

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * By the API token in the `Authorization` header, else by the session cookie. A token that is not good is never made
 * up for by a cookie: whoever sends one means it.
 */
export function identifyBy({ hub, cookies, publicUrl }: IdentifyParts): Identify {
  const { origin } = new URL(publicUrl);
  const callerOf: Identify = (request, use) => {
    const { authorization } = request.headers;
    if (authorization !== undefined) return byAuthorization(hub, authorization);
    const token = cookies.read(request, 'session');
    if (token === undefined) return Promise.resolve(undefined);
    if (!safeMethods.has(request.method)) checkOrigin(request, origin);
    return hub.authentication.bySession(token, use);
  };
  return async (request, use) => {
    const caller = await callerOf(request, use);
    if (caller !== undefined) refuseOtherPerson(request, caller);
    return caller;
  };
}

async function byAuthorization(
  { authentication }: Pick<Hub, 'authentication'>,
  authorization: string,
): Promise<Caller> {
  const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
  const caller = token === undefined ? undefined : await authentication.byApiToken(token);
  if (caller !== undefined) return caller;
  throw new HubError(
    'not_signed_in',
    'The Authorization header holds no valid API token: it was deleted, it has expired, or it is none of this server. Send "Bearer anyforge_…".',
  );
}

/** A cookie goes along with whatever page asks: what changes something has to come from a page of this server. */
function checkOrigin(request: Request, origin: string): void {
  const { origin: from, 'sec-fetch-site': site } = request.headers;
  if (from === undefined ? site === 'same-origin' : from.toLowerCase() === origin) return;
  throw new RequestProblem({
    code: 'foreign_origin',
    detail: `A request with a session cookie has to come from a page of this server: say so with "Origin: ${origin}", or use an API token.`,
  });
}
