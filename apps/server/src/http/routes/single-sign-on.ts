import { HubError } from '@anyforge/hub';
import type { Hub, OpenIdConnectService } from '@anyforge/hub';
import { z } from 'zod';
import type { Route } from '../route.js';
import { publicRoute } from '../route.js';
import { signInMethodsSchema } from '../schemas/sessions.js';
import { answerSignedIn } from '../signed-in.js';

const tag = 'Signing in';
const start = '/sign-in/openid-connect';

export const signInMethodRoutes: readonly Route[] = [
  publicRoute({
    method: 'get',
    path: '/sign-in-methods',
    operation: 'listSignInMethods',
    summary: 'In which ways people sign in to this server',
    tag,
    answers: { 200: { description: 'With a password always', schema: signInMethodsSchema } },
    handle: ({ hub: { openIdConnect } }) => ({
      status: 200,
      body: {
        password: true,
        openIdConnect:
          openIdConnect === undefined ? null : { displayName: openIdConnect.displayName, path: start },
      },
    }),
  }),
];

/** Not under `/api/v1`: browsers go there, and the identity provider knows the second. */
export const singleSignOnRoutes: readonly Route[] = [
  publicRoute({
    method: 'get',
    path: start,
    arrival: true,
    operation: 'startSingleSignOn',
    summary: 'Go to the identity provider to sign in',
    tag,
    answers: { 303: { description: 'To its page', headers: { Location: 'The page' } } },
    problems: ['not_found', 'not_allowed', 'too_many_attempts', 'single_sign_on_unavailable'],
    handle: async ({ hub, browser }) => {
      const { url, preSession, lifetimeMs } = await serviceOf(hub).start(browser);
      return {
        status: 303,
        headers: { ...notKept, Location: url },
        cookies: [{ name: 'preSession', value: preSession, maxAgeMs: lifetimeMs }],
      };
    },
  }),
  publicRoute({
    method: 'get',
    path: '/sign-in/callback',
    arrival: true,
    operation: 'finishSingleSignOn',
    summary: 'Where the identity provider sends browsers back to: the redirect URI of its client',
    tag,
    query: z.looseObject({
      state: z.unknown().optional().describe('Of a sign-in that was begun in this browser'),
      code: z.unknown().optional(),
      error: z.unknown().optional(),
    }),
    answers: {
      303: { description: 'Signed in, by a cookie', headers: { Location: 'The page to go on with' } },
    },
    problems: [
      'not_found',
      'not_allowed',
      'too_many_attempts',
      'single_sign_on_failed',
      'single_sign_on_expired',
      'single_sign_on_unavailable',
    ],
    handle: async ({ hub, browser, request }) => {
      const [, query = ''] = request.originalUrl.split(/\?(.*)/s);
      const signedIn = await serviceOf(hub).finish(`?${query}`, browser);
      const { cookies = [] } = answerSignedIn(303, signedIn);
      return {
        status: 303,
        headers: { ...notKept, Location: `${request.baseUrl}/` },
        cookies: [...cookies, { name: 'preSession', value: null, maxAgeMs: 0 }],
      };
    },
  }),
];

/** The address has a code in it. */
const notKept = { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' };

/** @throws HubError `not_found` */
function serviceOf({ openIdConnect }: Hub): OpenIdConnectService {
  if (openIdConnect !== undefined) return openIdConnect;
  throw new HubError('not_found', 'People sign in to this server with a password only.');
}
