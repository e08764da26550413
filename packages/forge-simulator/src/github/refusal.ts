import type { Organization } from '../world/model.js';

/** An answer that says no, thrown from wherever the reason is found. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly extra: {
      readonly headers?: Readonly<Record<string, string>>;
      /** Replaces the endpoint's own page. */
      readonly documentationUrl?: string;
      readonly fields?: Readonly<Record<string, unknown>>;
      /** Said before limits and versions are looked at: tells of neither and costs nothing. */
      readonly plain?: boolean;
    } = {},
  ) {
    super(message);
  }
}

/** GitHub's own words, as its users see and report them. */
export const refusals = {
  notFound: () => new Refusal(404, 'Not Found'),
  unrouted: () => new Refusal(404, 'Not Found', { plain: true }),
  badCredentials: () => new Refusal(401, 'Bad credentials', { plain: true }),
  requiresAuthentication: () => new Refusal(401, 'Requires authentication'),
  privateMode: () => new Refusal(401, 'Must authenticate to access this API.'),
  suspended: () => new Refusal(403, 'Sorry. Your account was suspended.'),
  needsPush: (what: string) => new Refusal(403, `Must have push access to view ${what}.`),
  notForToken: () => new Refusal(403, 'Resource not accessible by personal access token'),
  notForIntegration: () => new Refusal(403, 'Resource not accessible by integration'),
  needsOrganizationScope: () =>
    new Refusal(403, 'You need at least read:org scope or user scope to list your organizations.'),
  needsApp: () =>
    new Refusal(
      403,
      'You must authenticate with an access token authorized to a GitHub App in order to list installations',
    ),
  needsInstallation: () =>
    new Refusal(
      403,
      'You must authenticate with an installation access token in order to list repositories for an installation.',
    ),
  typeWithFilter: () =>
    new Refusal(422, 'If you specify visibility or affiliation, you cannot specify type.'),
  /** @see https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed */
  invalid: (field: string, code: 'missing_field' | 'invalid') =>
    new Refusal(422, 'Validation Failed', {
      fields: { errors: [{ resource: 'OauthAccess', code, field }] },
    }),
  noSuchUser: (username: string) => new Refusal(404, `${username} is not a user`),
  limitsOff: () => new Refusal(404, 'Rate limiting is not enabled.'),

  unsupportedVersion: (version: string, supported: readonly string[]) =>
    new Refusal(400, 'Bad Request', {
      plain: true,
      fields: {
        errors:
          `The version you specified in the "X-GitHub-API-Version" request header, "${version}", is not a ` +
          `supported version. The following versions are currently supported: ${supported
            .map((each, index) => (index === 0 ? `"${each}" (most recent)` : `"${each}"`))
            .join(', ')}.`,
      },
    }),

  /** @see https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api */
  singleSignOn: (organization: Organization, credential: string, webUrl: string) =>
    new Refusal(
      403,
      `Resource protected by organization SAML enforcement. You must grant your ${credential} access to this organization.`,
      {
        headers: {
          'x-github-sso': `required; url=${webUrl}/orgs/${organization.path}/sso?authorization_request=A${organization.id}`,
        },
        documentationUrl:
          'https://docs.github.com/articles/authenticating-to-a-github-organization-with-saml-single-sign-on/',
      },
    ),

  oauthRestricted: (organization: Organization) =>
    new Refusal(
      403,
      `Although you appear to have the correct authorization credentials, the \`${organization.path}\` organization ` +
        'has enabled OAuth App access restrictions, meaning that data access to third-parties is limited. For more ' +
        'information on these restrictions, including how to enable this app, visit ' +
        'https://docs.github.com/articles/restricting-access-to-your-organization-s-data/',
    ),

  classicForbidden: (organization: Organization) =>
    new Refusal(
      403,
      `\`${organization.path}\` forbids access via a personal access token (classic). Please use a GitHub App, OAuth ` +
        'App, or a personal access token with fine-grained permissions.',
    ),

  fineGrainedForbidden: (organization: Organization) =>
    new Refusal(
      403,
      `\`${organization.path}\` forbids access via a personal access token with fine-grained permissions. Please use ` +
        'a GitHub App, OAuth App, or a personal access token (classic).',
    ),

  livesTooLong: (organization: Organization, days: number, settingsUrl: string) =>
    new Refusal(
      403,
      `The '${organization.path}' organization forbids access via a fine-grained personal access tokens if the ` +
        `token's lifetime is greater than ${days} days. Please adjust your token's lifetime at the following URL: ` +
        settingsUrl,
    ),

  addressNotAllowed: (organization: Organization) =>
    new Refusal(
      403,
      `Although you appear to have the correct authorization credentials, the \`${organization.path}\` organization ` +
        'has an IP allow list enabled, and your IP address is not permitted to access this resource.',
    ),
};
