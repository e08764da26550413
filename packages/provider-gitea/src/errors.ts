import type { ErrorRow, FailedAnswer, Repair } from '@anyforge/provider-kit';
import { z } from 'zod';

/** Text, where it is text and not empty. */
const words = z.string().min(1).optional().catch(undefined);
const body = z.object({ message: words, error: words });

/** Gitea's words for people. */
export function readMessage(value: unknown): string | undefined {
  const { message, error } = body.safeParse(value).data ?? {};
  return message ?? error;
}

const source = 'https://github.com/go-gitea/gitea/blob/main/routers/api/v1/api.go';

/** What a token that may see only what everybody may is refused, in the words of several versions. */
export const publicOnlyWords = /public-only tokens|token scope is limited to public/i;

/**
 * How Gitea says what it says, where the status alone does not tell. The first row that matches decides.
 *
 * @param webUrl the one place that a repair may link to
 */
export const errorRows = (webUrl: string): readonly ErrorRow[] => [
  {
    status: 404,
    when: ({ body: answer }) => answer === undefined,
    kind: 'invalid_response',
    text: ({ url }) => `${url.origin} does not answer as Gitea's API does.`,
    repair: () => addressRepair(webUrl),
    see: 'https://docs.gitea.com/development/api-usage',
  },
  {
    status: 401,
    // To a password alone, as in Gitea, whatever a token is worth.
    when: ({ url }) => /\/users\/[^/]+\/tokens$/.test(url.pathname),
    kind: 'forbidden',
    repair: () => ({ text: 'Ask with the name and the password of the account: no token is shown this.' }),
    see: 'https://docs.gitea.com/development/api-usage#generating-and-listing-api-tokens',
  },
  {
    status: 401,
    // Nothing hangs on the version but what can be done without: it is not worth waiting for.
    when: ({ url }) => url.pathname.endsWith('/api/v1/version'),
    kind: 'unauthenticated',
    repair: signInRepair,
    see: 'https://docs.gitea.com/development/api-usage#authentication',
  },
  {
    status: 401,
    // A Gitea that is being stopped refuses good credentials as it does bad ones, and is gone a moment later.
    confirmAfterMs: 2_000,
    kind: 'unauthenticated',
    repair: signInRepair,
    see: 'https://docs.gitea.com/development/api-usage#authentication',
  },
  {
    status: 403,
    message: signInRequired,
    kind: 'unauthenticated',
    repair: () => ({ text: 'Sign in again: this instance answers nobody who is not signed in.' }),
    see: 'https://docs.gitea.com/administration/config-cheat-sheet#service-service',
  },
  {
    status: 403,
    message: /required scope/i,
    kind: 'insufficient_scope',
    repair: neededScopeRepair,
    see: 'https://docs.gitea.com/development/oauth2-provider#scopes',
  },
  {
    status: 403,
    message: publicOnlyWords,
    kind: 'insufficient_scope',
    repair: () => publicOnlyRepair,
    see: source,
  },
  {
    status: 403,
    message: /not activated|prohibited from signing in|must change your password|two-factor/i,
    kind: 'forbidden',
    repair: () => ({ text: 'Sign in to Gitea in a browser: it says there what to do.', url: webUrl }),
    see: source,
  },
];

/** How an instance refuses whoever is not signed in, where it wants that for everything. */
export const signInRequired = /only signed in user/i;

/** A token that lists what everybody may see and leaves out the rest without a word. */
export const publicOnlyRepair: Repair = {
  text: 'Give a token for which Gitea says "All (public, private, and limited)", not "Public only".',
};

/** Something answers there that is not Gitea. */
export function addressRepair(webUrl: string): Repair {
  return {
    text: `Check that ${webUrl} is the web address of Gitea or Forgejo, with its path prefix if it has one.`,
  };
}

function signInRepair(): Repair {
  return { text: 'Sign in again, or give a token that has not been deleted.' };
}

function neededScopeRepair({ message = '' }: FailedAnswer): Repair {
  const scopes = /required(?:=| scope\(s\): )\[([^\]]+)\]/.exec(message)?.[1];
  if (scopes === undefined) return { text: 'Give the credential the scope that this needs.' };
  return { text: `Give the credential these scopes: ${scopes.split(/[\s,]+/).join(', ')}.` };
}

/** What a credential was granted, which Gitea tells where it refuses it something for want of a scope. */
export function readGrantedScopes(message: string | undefined): readonly string[] | undefined {
  const scopes = /token scope=([^\s"]*)/.exec(message ?? '')?.[1];
  return scopes?.split(',').filter((scope) => scope !== '');
}
