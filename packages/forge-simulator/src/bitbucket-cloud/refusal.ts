/** An answer that says no, thrown from wherever the reason is found. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly extra: {
      readonly headers?: Readonly<Record<string, string>>;
      /** Beside the message, in `error`. */
      readonly fields?: Readonly<Record<string, unknown>>;
      /** Beside `error`. */
      readonly beside?: Readonly<Record<string, unknown>>;
      /** Said as plain text, or not at all, instead of in a JSON body. */
      readonly plain?: 'text' | 'empty';
    } = {},
  ) {
    super(message);
  }
}

const removals = 'https://developer.atlassian.com/cloud/bitbucket/changelog#CHANGE-2770';

/** Bitbucket's own words, as its users see and report them. */
export const refusals = {
  /** What a browser's sign-in window is opened with: said of Basic credentials, and where there are none. */
  signIn: () =>
    new Refusal(401, '', {
      plain: 'empty',
      headers: { 'www-authenticate': 'Basic realm="bitbucket.org HTTP"' },
    }),
  badToken: () =>
    new Refusal(401, 'Token is invalid, expired, or not supported for this endpoint.', {
      headers: { 'www-authenticate': 'OAuth realm="bitbucket.org HTTP"' },
    }),
  expiredToken: () =>
    new Refusal(401, 'Access token expired. Use your refresh token to obtain a new access token.', {
      headers: { 'www-authenticate': 'OAuth realm="bitbucket.org HTTP"' },
    }),
  missingScopes: (required: readonly string[], granted: readonly string[]) =>
    new Refusal(403, 'Your credentials lack one or more required privilege scopes.', {
      fields: { detail: { required, granted } },
    }),
  /** Documented as refused, but not in which words. */
  notForAccessTokens: () => new Refusal(403, 'Access tokens cannot be used for this endpoint.'),
  notRepositoryAdministrator: () =>
    new Refusal(403, 'You must be an administrator of this repository to view its permissions.'),
  notWorkspaceMember: () => new Refusal(403, 'You do not have access to this workspace.'),
  noRepository: () =>
    new Refusal(
      404,
      'You may not have access to this repository or it no longer exists in this workspace. If you think this ' +
        'repository exists and you have access, make sure you are authenticated.',
    ),
  noWorkspace: (identifier: string) => new Refusal(404, `No workspace with identifier '${identifier}'.`),
  unrouted: () => new Refusal(404, 'Resource not found'),
  invalidPage: () => new Refusal(400, 'Invalid page'),
  invalidPageLength: () => new Refusal(400, 'Invalid pagelen'),
  invalidQuery: (reason: string) => new Refusal(400, reason),
  rateLimited: () => new Refusal(429, 'Rate limit for this resource has been exceeded', { plain: 'text' }),

  /** @see https://developer.atlassian.com/cloud/bitbucket/changelog/#CHANGE-2770 */
  removed: () =>
    new Refusal(410, 'CHANGE-2770 - Functionality has been deprecated', {
      fields: {
        detail: 'Please read the changelog entry for more details.',
        data: { announcement_url: removals },
      },
      beside: { data: { announcement_url: removals } },
    }),
};
