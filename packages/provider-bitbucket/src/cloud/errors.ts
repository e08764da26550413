import type { ErrorRow, FailedAnswer, Repair } from '@anyforge/provider-kit';
import { z } from 'zod';

const errorBody = z.object({
  type: z.literal('error'),
  error: z.object({
    message: z.string().nullish(),
    detail: z.union([z.string(), z.object({ required: z.array(z.string()).nullish() })]).nullish(),
  }),
});

/** Bitbucket's words for people. */
export function readMessage(value: unknown): string | undefined {
  return errorBody.safeParse(value).data?.error.message ?? undefined;
}

const authentication = 'https://developer.atlassian.com/cloud/bitbucket/rest/intro/#authentication';
const apiTokens = 'https://support.atlassian.com/bitbucket-cloud/docs/using-api-tokens/';
const changelog = 'https://developer.atlassian.com/cloud/bitbucket/changelog/';

/**
 * How Bitbucket says what it says, where the status alone does not tell. The first row that matches decides.
 *
 * @param webUrl the address that a person would look at again
 */
export const errorRows = (webUrl: string): readonly ErrorRow[] => [
  {
    status: [404, 405],
    when: ({ body }) => !isBitbucketError(body),
    kind: 'invalid_response',
    text: ({ url }) => `${url.origin} does not answer as Bitbucket's API does.`,
    repair: () => addressRepair(webUrl),
    see: 'https://developer.atlassian.com/cloud/bitbucket/rest/intro/#standardized-error-responses',
  },
  // Bitbucket has been seen to say so to a good credential, where others are told 403.
  {
    status: 401,
    message: /do not have access|permission/i,
    kind: 'forbidden',
    see: 'https://github.com/renovatebot/renovate/pull/14402',
  },
  {
    status: 401,
    message: /access token expired/i,
    kind: 'unauthenticated',
    text: () => 'The sign-in to Bitbucket has expired.',
    repair: () => ({ text: 'Sign in again.' }),
    see: authentication,
  },
  {
    status: 401,
    kind: 'unauthenticated',
    repair: () => ({
      text:
        'Sign in again, or enter a token that has neither expired nor been revoked. An API token needs the e-mail ' +
        'address of its Atlassian account as the username, an access token none. App passwords no longer work.',
      url: apiTokens,
    }),
    see: apiTokens,
  },
  {
    status: 403,
    message: /privilege scopes/i,
    kind: 'insufficient_scope',
    text: () => 'Bitbucket did not allow this with the scopes of the sign-in.',
    repair: neededRepair,
    see: authentication,
  },
  {
    status: 403,
    when: ({ url }) => /\/workspaces\/[^/]+\/permissions\/repositories\/[^/]+$/.test(url.pathname),
    kind: 'forbidden',
    text: () =>
      'Bitbucket tells who else may use a repository to its administrators only, and never to an access token.',
    repair: () => ({ text: 'Ask an administrator of the repository.' }),
    see: 'https://developer.atlassian.com/cloud/bitbucket/rest/api-group-workspaces/#api-workspaces-workspace-permissions-repositories-repo-slug-get',
  },
  // The words of this refusal are documented nowhere: whatever names addresses that are let in is taken for it.
  {
    status: 403,
    message: /\b(allow|white)[- ]?list|\bIP address/i,
    kind: 'organization_restricted',
    text: () => "The workspace lets in certain network addresses only, and this server's is none of them.",
    repair: () => ({ text: "Ask an administrator of the workspace to allow this server's address." }),
    see: 'https://support.atlassian.com/bitbucket-cloud/docs/control-access-to-your-private-content/',
  },
  // Documented for accounts that send spam, without the words. What was taken out of the API names a change instead.
  {
    status: 410,
    message: /\bspam/i,
    kind: 'organization_restricted',
    text: () => 'Atlassian has closed this workspace.',
    repair: () => ({ text: 'Ask the support of Atlassian.' }),
    see: 'https://developer.atlassian.com/cloud/bitbucket/rest/api-group-repositories/#api-repositories-workspace-get',
  },
  {
    status: 410,
    kind: 'endpoint_removed',
    repair: () => ({ text: 'Look for a newer version of anyforge.', url: changelog }),
    see: changelog,
  },
];

/** Something answers there that is not Bitbucket Cloud. */
export function addressRepair(webUrl: string): Repair {
  return {
    text: `Check that ${webUrl} is Bitbucket Cloud, and the API URL if one is given. Bitbucket Data Center is a type of its own.`,
  };
}

export function isBitbucketError(body: unknown): boolean {
  return errorBody.safeParse(body).success;
}

function neededRepair({ body }: FailedAnswer): Repair {
  const detail = errorBody.safeParse(body).data?.error.detail;
  const required = typeof detail === 'object' ? (detail?.required ?? []) : [];
  if (required.length === 0) return { text: 'Sign in with a token that has the scopes for it.' };
  return {
    text: `Use a token that has these scopes: ${required.join(', ')}. For OAuth, an administrator ticks them in the settings of the consumer; then sign in again.`,
  };
}
