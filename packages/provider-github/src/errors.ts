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
    text: (answer) => `${organizationOf(ssoUrl(answer, webUrl))} asks for its single sign-on first.`,
    repair: (answer) => ({
      text: 'Authorize this sign-in or token for it on GitHub, then try again.',
      url: ssoUrl(answer, webUrl),
    }),
    see: 'https://docs.github.com/rest/authentication/authenticating-to-the-rest-api#personal-access-tokens-and-saml-sso',
  },
  {
    status: 403,
    message: /OAuth App access restrictions/i,
    kind: 'organization_restricted',
    text: (answer) => `${namedOrganization(answer)} has not approved this application.`,
    repair: () => ({
      text: 'Ask an owner of the organization to approve it.',
      url: 'https://docs.github.com/articles/restricting-access-to-your-organization-s-data/',
    }),
    see: 'https://docs.github.com/organizations/managing-oauth-access-to-your-organizations-data/about-oauth-app-access-restrictions',
  },
  {
    status: 403,
    message: /forbids access via a (fine-grained )?personal access token/i,
    kind: 'organization_restricted',
    repair: () => ({
      text: 'Use a token of another kind, or ask an owner of the organization which ones it accepts.',
    }),
    see: 'https://docs.github.com/organizations/managing-programmatic-access-to-your-organization/setting-a-personal-access-token-policy-for-your-organization',
  },
  {
    status: 403,
    message: /IP allow list/i,
    kind: 'organization_restricted',
    text: (answer) =>
      `${namedOrganization(answer)} lets in certain network addresses only, and ${callersAddress(answer)} is none of them.`,
    repair: () => ({ text: "Ask an owner of the organization to allow this server's address." }),
    see: 'https://docs.github.com/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/managing-allowed-ip-addresses-for-your-organization',
  },
  {
    status: 403,
    message: /resource not accessible by (personal access token|integration)/i,
    kind: 'insufficient_scope',
    text: () => 'GitHub did not allow this with the permissions of the token.',
    repair: (answer) =>
      neededRepair(answer, 'x-accepted-github-permissions', { noun: 'permission', comma: 'and' }),
    see: 'https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api#resource-not-accessible',
  },
  {
    status: 403,
    message: /you need at least \S+ scope/i,
    kind: 'insufficient_scope',
    text: () => 'GitHub did not allow this with the scopes of the sign-in.',
    repair: (answer) => neededRepair(answer, 'x-accepted-oauth-scopes', { noun: 'scope', comma: 'or' }),
    see: 'https://docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps',
  },
  {
    status: 403,
    message: /must have push access to view/i,
    kind: 'forbidden',
    text: () => 'GitHub tells who else may use a repository only to people who can write to it.',
    repair: () => ({ text: 'Ask somebody who can write to it, or ask for write access.' }),
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
  return {
    text: `Check that ${webUrl} is the web address of GitHub, look at the API URL if there is one, and see that no proxy answers in its place.`,
  };
}

/** `Although you appear to have the correct authorization credentials, the `acme` organization has …` */
function namedOrganization({ message = '' }: FailedAnswer): string {
  const [, name] = /(?:the\s+)?[`'"]([\w.-]+)[`'"]\s+organization/i.exec(message) ?? [];
  return name === undefined ? 'An organization' : `The organization ${name}`;
}

/** From the address of its single sign-on: `https://github.com/orgs/acme/sso`. */
function organizationOf(url: string | undefined): string {
  const [, name] = /\/(?:orgs|enterprises)\/([\w.-]+)\//.exec(url ?? '') ?? [];
  return name === undefined ? 'An organization' : `The organization ${name}`;
}

/** `…, and 203.0.113.7 is not permitted to access this resource.` */
function callersAddress({ message = '' }: FailedAnswer): string {
  const [address] = /\b\d{1,3}(?:\.\d{1,3}){3}\b/.exec(message) ?? [];
  return address === undefined ? "this server's" : `this server's, ${address},`;
}

/** `required; url=https://github.com/orgs/acme/sso?authorization_request=…` */
function ssoUrl(answer: FailedAnswer, webUrl: string): string | undefined {
  const url = /url=(\S+)/.exec(answer.headers.get('x-github-sso') ?? '')?.[1] ?? '';
  return URL.canParse(url) && new URL(url).origin === new URL(webUrl).origin ? url : undefined;
}

/** Any of the scopes is enough, but all of the permissions that commas part; semicolons part sets of these, any of which is. */
function neededRepair(
  answer: FailedAnswer,
  header: string,
  { noun, comma }: { readonly noun: string; readonly comma: 'and' | 'or' },
): Repair {
  const needed = answer.headers.get(header) ?? '';
  if (needed === '') return { text: `Sign in with a token that has the ${noun} for it.` };
  const sets = needed.split(';').map((set) =>
    set
      .trim()
      .split(/\s*,\s*/)
      .join(` ${comma} `),
  );
  return { text: `Sign in with a token that has the ${noun} ${sets.join(', or ')}.` };
}
