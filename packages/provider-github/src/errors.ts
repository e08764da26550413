import type { ErrorRow, FailedAnswer, Repair } from '@anyforge/provider-kit';
import { z } from 'zod';

const body = z.object({ message: z.string(), documentation_url: z.string().nullish() });

/** GitHub's words for people. */
export function readMessage(value: unknown): string | undefined {
  return body.safeParse(value).data?.message;
}

const troubleshooting = 'https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api';

/**
 * How GitHub says what it says, where the status alone does not tell. The first row that matches decides.
 *
 * @param webUrl the one place that a repair may link to on GitHub's word
 */
export const errorRows = (webUrl: string): readonly ErrorRow[] => [
  {
    status: [404, 405],
    when: ({ headers }) => !headers.has('x-github-request-id'),
    kind: 'invalid_response',
    text: ({ url }) => `${url.origin} does not answer as GitHub's API does.`,
    repair: () => addressRepair(webUrl),
    see: 'https://docs.github.com/rest/using-the-rest-api/getting-started-with-the-rest-api',
  },
  {
    status: 401,
    kind: 'unauthenticated',
    repair: () => ({ text: 'Sign in again, or give a token that is neither expired nor revoked.' }),
    see: troubleshooting,
  },
  {
    status: [403, 429],
    message: /secondary rate|abuse detection|rate limit exceeded/i,
    kind: 'rate_limited',
    see: 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api',
  },
  {
    status: 403,
    header: { name: 'x-github-sso', pattern: /^required/ },
    kind: 'sso_required',
    repair: (answer) => ({
      text: 'Authorize this credential for single sign-on with the organization.',
      url: ssoUrl(answer, webUrl),
    }),
    see: 'https://docs.github.com/rest/authentication/authenticating-to-the-rest-api#personal-access-tokens-and-saml-sso',
  },
  {
    status: 403,
    message: /OAuth App access restrictions/i,
    kind: 'organization_restricted',
    repair: () => ({
      text: 'Ask an owner of the organization to approve this application.',
      url: 'https://docs.github.com/articles/restricting-access-to-your-organization-s-data/',
    }),
    see: 'https://docs.github.com/organizations/managing-oauth-access-to-your-organizations-data/about-oauth-app-access-restrictions',
  },
  {
    status: 403,
    message: /forbids access via a (fine-grained )?personal access token/i,
    kind: 'organization_restricted',
    repair: () => ({ text: 'The organization does not accept this kind of token: use another kind.' }),
    see: 'https://docs.github.com/organizations/managing-programmatic-access-to-your-organization/setting-a-personal-access-token-policy-for-your-organization',
  },
  {
    status: 403,
    message: /IP allow list/i,
    kind: 'organization_restricted',
    repair: () => ({ text: "Ask an owner of the organization to allow this server's address." }),
    see: 'https://docs.github.com/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/managing-allowed-ip-addresses-for-your-organization',
  },
  {
    status: 403,
    message: /resource not accessible by (personal access token|integration)/i,
    kind: 'insufficient_scope',
    repair: (answer) => neededRepair(answer, 'x-accepted-github-permissions', 'permission'),
    see: 'https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api#resource-not-accessible',
  },
  {
    status: 403,
    message: /you need at least \S+ scope/i,
    kind: 'insufficient_scope',
    repair: (answer) => neededRepair(answer, 'x-accepted-oauth-scopes', 'scope'),
    see: 'https://docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps',
  },
  {
    status: 403,
    message: /must have push access to view/i,
    kind: 'forbidden',
    repair: () => ({
      text: 'GitHub shows the permissions of others only to those who may write to the repository.',
    }),
    see: 'https://docs.github.com/rest/collaborators/collaborators#list-repository-collaborators',
  },
  // After all others: a refusal for another reason may be the last request of the hour.
  {
    status: [403, 429],
    header: { name: 'x-ratelimit-remaining', pattern: /^0$/ },
    kind: 'rate_limited',
    see: 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api',
  },
];

/** Something answers there that is not GitHub. */
export function addressRepair(webUrl: string): Repair {
  return { text: `Check that ${webUrl} is the web address of GitHub, and the API URL if one is given.` };
}

/** `required; url=https://github.com/orgs/acme/sso?authorization_request=…` */
function ssoUrl(answer: FailedAnswer, webUrl: string): string | undefined {
  const url = /url=(\S+)/.exec(answer.headers.get('x-github-sso') ?? '')?.[1] ?? '';
  return URL.canParse(url) && new URL(url).origin === new URL(webUrl).origin ? url : undefined;
}

function neededRepair(answer: FailedAnswer, header: string, noun: string): Repair {
  const needed = answer.headers.get(header) ?? '';
  if (needed === '') return { text: `Give the credential the ${noun} that this needs.` };
  return { text: `Give the credential one of these: ${needed}.` };
}
