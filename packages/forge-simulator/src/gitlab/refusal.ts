import type { TextResponse } from '../http/message.js';

/** An answer that says no, thrown from wherever the reason is found. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    /** Sent as JSON; a string as plain text. */
    readonly body: object | string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(typeof body === 'string' ? body : JSON.stringify(body));
  }
}

/** A refusal as it goes out. */
export function renderRefusal({ status, body, headers }: Refusal): TextResponse {
  return typeof body === 'string'
    ? { status, headers: { 'content-type': 'text/plain', ...headers }, body }
    : { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

const realm = 'Bearer realm="Protected by OAuth 2.0"';

/** What the guard in front of the API says of a token that it knows and refuses. */
function badToken(description: string): Refusal {
  return new Refusal(
    401,
    { error: 'invalid_token', error_description: description },
    { 'www-authenticate': `${realm}, error="invalid_token", error_description="${description}"` },
  );
}

/**
 * GitLab's own words. What the API's guard and its parameter checks say is under `error`, what its endpoints say under
 * `message`.
 */
export const refusals = {
  unrouted: () => new Refusal(404, { error: '404 Not Found' }),
  notFound: (what: string) => new Refusal(404, { message: `404 ${what} Not Found` }),
  /** What a record that is asked for by its id, below one that is there, gets. */
  noRecord: () => new Refusal(404, { message: '404 Not found' }),
  unauthorized: () => new Refusal(401, { message: '401 Unauthorized' }),
  revoked: () => badToken('Token was revoked. You have to re-authorize from the user.'),
  expired: () => badToken('Token is expired. You can either do re-authorization or token refresh.'),
  blocked: () => new Refusal(403, { message: '403 Forbidden - Your account has been blocked.' }),
  insufficientScope: (accepted: readonly string[]) =>
    new Refusal(403, {
      error: 'insufficient_scope',
      error_description: 'The request requires higher privileges than provided by the access token.',
      scope: accepted.join(' '),
    }),
  needsPersonalAccessToken: () =>
    new Refusal(400, {
      message: '400 Bad request - This endpoint requires token type to be a personal access token',
    }),
  invalid: (parameter: string) => new Refusal(400, { error: `${parameter} is invalid` }),
  notAValue: (parameter: string) => new Refusal(400, { error: `${parameter} does not have a valid value` }),
  notAllowed: (parameter: string) => new Refusal(400, { error: `${parameter} has a value not allowed` }),
  noKeyset: () =>
    new Refusal(405, { error: 'Keyset pagination is not yet available for this type of request' }),
  offsetTooLarge: (limit: number) =>
    new Refusal(405, {
      error:
        `Offset pagination has a maximum allowed offset of ${limit} for requests that return objects of type ` +
        'Project. Remaining records can be retrieved using keyset pagination.',
    }),
  moved: (url: string) =>
    new Refusal(301, `This resource has been moved permanently to ${url}.`, { location: url }),
};
