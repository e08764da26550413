import type { ErrorRow, FailedAnswer, Repair } from '@anyforge/provider-kit';
import { z } from 'zod';

const words = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat().join(', '));
const body = z.object({
  /** Text, a list of texts, or lists of texts by the field that is wrong. */
  message: z
    .union([words, z.record(z.string(), words).transform(joinFields)])
    .optional()
    .catch(undefined),
  error: z.string().optional().catch(undefined),
  error_description: z.string().optional().catch(undefined),
});

function joinFields(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([field, text]) => `${field}: ${text}`)
    .join('; ');
}

/**
 * GitLab's words for people.
 * @see https://docs.gitlab.com/api/rest/troubleshooting/
 */
export function readMessage(value: unknown): string | undefined {
  const { message, error, error_description: description } = body.safeParse(value).data ?? {};
  return message ?? description ?? error;
}

/** Fine-grained tokens have permissions instead of scopes, and the message names those that are missing. */
const scopeRefusal = z.object({
  error: z.enum(['insufficient_scope', 'insufficient_granular_scope']),
  scope: z.string().optional(),
});

const deniedReasons =
  'https://gitlab.com/gitlab-org/gitlab/-/blob/master/lib/gitlab/auth/user_access_denied_reason.rb';

/**
 * How GitLab says what it says, where the status alone does not tell. The first row that matches decides.
 *
 * @param webUrl the one place that a repair may link to on GitLab's word
 */
export const errorRows = (webUrl: string): readonly ErrorRow[] => [
  {
    status: 404,
    when: ({ body: answer }) => answer === undefined,
    kind: 'invalid_response',
    text: ({ url }) => `${url.origin} does not answer as GitLab's API does.`,
    repair: () => addressRepair(webUrl),
    see: 'https://docs.gitlab.com/api/rest/',
  },
  {
    status: 401,
    kind: 'unauthenticated',
    see: 'https://docs.gitlab.com/api/rest/authentication/',
  },
  {
    status: 403,
    when: ({ body: answer }) => scopeRefusal.safeParse(answer).success,
    kind: 'insufficient_scope',
    repair: neededScopeRepair,
    see: 'https://docs.gitlab.com/user/profile/personal_access_tokens/#personal-access-token-scopes',
  },
  {
    status: 403,
    message: /must accept the Terms of Service/i,
    kind: 'forbidden',
    text: () => 'GitLab asks you to accept its terms of service first.',
    repair: () => ({ text: 'Sign in to GitLab in a browser and accept them.', url: webUrl }),
    see: deniedReasons,
  },
  {
    status: 403,
    message: /your (account has been deactivated|password expired|primary email address is not confirmed)/i,
    kind: 'forbidden',
    repair: () => ({ text: 'Sign in to GitLab in a browser: it says there what to do.', url: webUrl }),
    see: deniedReasons,
  },
  {
    status: 403,
    message: /your account (has been blocked|is pending approval)/i,
    kind: 'forbidden',
    repair: () => ({ text: 'Ask an administrator of this GitLab to unblock or approve the account.' }),
    see: deniedReasons,
  },
  {
    status: 405,
    message: /maximum allowed offset/i,
    kind: 'invalid_request',
    see: 'https://docs.gitlab.com/api/rest/#offset-based-pagination',
  },
];

/** Something answers there that is not GitLab. */
export function addressRepair(webUrl: string): Repair {
  return {
    text: `Check that ${webUrl} is the web address of GitLab, with its path prefix if it has one, and that no proxy answers in its place.`,
  };
}

function neededScopeRepair({ body: answer }: FailedAnswer): Repair {
  const { error, scope = '' } = scopeRefusal.safeParse(answer).data ?? {};
  if (error === 'insufficient_granular_scope')
    return { text: 'Give the token the permissions that it lacks, or use a token with scopes.' };
  if (scope === '') return { text: 'Sign in with a token that has the scope for it.' };
  return { text: `Sign in with a token that has the scope ${scope.split(/[\s,]+/).join(' or ')}.` };
}
