import type { TextResponse } from '../http/message.js';
import type { GiteaWords } from './profile.js';
import type { ScopeCategory, Scopes } from './scopes.js';

/** An answer that is no success, thrown from wherever the reason is found. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: RefusalBody,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(JSON.stringify(body));
  }
}

/**
 * `described`: with the address of the API's description beside the words, as most refusals come. `missing`: likewise,
 * with a list of reasons. `plain`: the words alone. `text`: no JSON.
 */
type RefusalBody = {
  readonly kind: 'described' | 'missing' | 'plain' | 'text';
  /** What is usual when not given: what is missing has its words in every version. */
  readonly message?: string;
  readonly reasons?: readonly string[];
};

/** A refusal as it goes out. @param rootUrl the instance's address, as it knows it itself */
export function renderRefusal(
  { status, body, headers }: Refusal,
  words: GiteaWords,
  rootUrl: string,
): TextResponse {
  const { kind, message = words.notFound, reasons = words.noReasons } = body;
  if (kind === 'text')
    return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body: message };
  const url = `${rootUrl}/api/swagger`;
  const fields = {
    plain: { message },
    described: { message, url },
    missing: { errors: reasons, message, url },
  }[kind];
  return {
    status,
    headers: { 'content-type': 'application/json;charset=utf-8', ...headers },
    body: `${JSON.stringify(fields)}\n`,
  };
}

function described(status: number, message: string): Refusal {
  return new Refusal(status, { kind: 'described', message });
}

function missing(message?: string, ...reasons: readonly string[]): Refusal {
  return new Refusal(404, {
    kind: 'missing',
    ...(message === undefined ? {} : { message }),
    ...(reasons.length === 0 ? {} : { reasons }),
  });
}

/** Gitea's own words. */
export const refusals = {
  unrouted: () => new Refusal(404, { kind: 'text', message: '404 page not found\n' }),
  otherMethod: () => new Refusal(405, { kind: 'text', message: '' }),
  badCredential: (message: string) => described(401, message),
  needsToken: () => described(401, 'token is required'),
  needsPassword: () => described(401, 'auth required'),
  prohibited: () =>
    new Refusal(403, {
      kind: 'plain',
      message: 'This account is prohibited from signing in, please contact your site administrator.',
    }),
  needsSignIn: () =>
    new Refusal(403, { kind: 'plain', message: 'Only signed in user is allowed to call APIs.' }),
  lacksScope: (wanted: readonly ScopeCategory[], scopes: Scopes, namesScopes: boolean) => {
    const required = `[${wanted.map((each) => `read:${each}`).join(' ')}]`;
    const words = 'token does not have at least one of required scope(s)';
    return described(
      403,
      namesScopes
        ? `${words}, required=${required}, token scope=${scopes.join(',')}`
        : `${words}: ${required}`,
    );
  },
  notForPublicOnly: () => described(403, 'this endpoint is not available for public-only tokens'),
  publicOnly: (what: string) => described(403, `token scope is limited to public ${what}`),
  forbidden: (message: string) => described(403, message),
  notFound: missing,
  noUser: (name: string) => described(404, `user does not exist [uid: 0, name: ${name}]`),
  noCollaborator: (name: string) => described(422, `user does not exist [uid: 0, name: ${name}]`),
  noAccount: (name: string) => described(404, `user redirect does not exist [name: ${name}]`),
  noOwner: (name: string) => missing('GetUserByName', `user redirect does not exist [name: ${name}]`),
  noOrganization: (name: string) => missing('GetOrgByName', `user redirect does not exist [name: ${name}]`),
  notAnOrganizations: () => described(405, 'repo is not owned by an organization'),
  badChoice: (what: string, value: string) => described(422, `Invalid ${what}: "${value}"`),
  moved: (status: 301 | 307, location: string) =>
    new Refusal(
      status,
      { kind: 'text', message: '' },
      { 'content-type': 'text/html; charset=utf-8', location },
    ),
};
