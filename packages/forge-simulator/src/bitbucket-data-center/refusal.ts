/** An answer that says no, thrown from wherever the reason is found. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** The Java class that Bitbucket names, which is what tells refusals of one status apart. */
    readonly exceptionName: string | null,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** A path that no resource is registered for is refused before Bitbucket's own errors: with the server's words. */
export class Unrouted extends Error {}

const captchaWords =
  'CAPTCHA required. Your Bitbucket account has been marked as requiring a CAPTCHA. This may be caused by too many ' +
  'failed login attempts. Please log in to Bitbucket via the web interface before trying again.';

/** Bitbucket's own words, as its users see and report them. */
export const refusals = {
  notPermitted: () =>
    new Refusal(
      401,
      'You are not permitted to access this resource',
      'com.atlassian.bitbucket.AuthorisationException',
    ),
  badCredentials: () =>
    new Refusal(
      401,
      'Authentication failed. Please check your credentials and try again.',
      'com.atlassian.bitbucket.auth.IncorrectPasswordAuthenticationException',
    ),
  captchaRequired: (webUrl: string) =>
    new Refusal(403, captchaWords, 'com.atlassian.bitbucket.auth.CaptchaRequiredAuthenticationException', {
      'x-authentication-denied-reason': `CAPTCHA_CHALLENGE; login-url=${webUrl}/login`,
    }),
  noSuchProject: (key: string) =>
    new Refusal(
      404,
      `Project ${key} does not exist.`,
      'com.atlassian.bitbucket.project.NoSuchProjectException',
    ),
  noSuchRepository: (key: string, slug: string) =>
    new Refusal(
      404,
      `Repository ${key}/${slug} does not exist.`,
      'com.atlassian.bitbucket.repository.NoSuchRepositoryException',
    ),
  noSuchUser: (slug: string) =>
    new Refusal(404, `User ${slug} does not exist.`, 'com.atlassian.bitbucket.user.NoSuchUserException'),
  badParameter: (name: string, value: string) =>
    new Refusal(
      400,
      `'${value}' is not a valid value for ${name}.`,
      'com.atlassian.bitbucket.rest.exception.BadRequestException',
    ),
  /** Which class is named is documented nowhere; none is. */
  tooMany: (headers: Readonly<Record<string, string>>) =>
    new Refusal(
      429,
      'You are making too many requests. Please wait a while before trying again.',
      null,
      headers,
    ),
};
