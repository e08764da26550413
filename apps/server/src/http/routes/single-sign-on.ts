import { HubError } from '@anyforge/hub';
import type { Hub, OpenIdConnectService } from '@anyforge/hub';
import type { Request } from 'express';
import { z } from 'zod';
import { refusalPage } from '../pages/sign-in-page.js';
import type { Answer, Route } from '../route.js';
import { publicRoute } from '../route.js';
import { signInMethodsSchema } from '../schemas/sessions.js';
import { answerSignedIn } from '../signed-in.js';

const tag = 'Signing in';
const start = '/sign-in/openid-connect';
const done = '/sign-in/done';

const refusalKinds = [
  'not_allowed',
  'single_sign_on_expired',
  'single_sign_on_failed',
  'single_sign_on_unavailable',
  'too_many_attempts',
] as const;

/** What people read who were not signed in. */
const refusals: Readonly<Record<(typeof refusalKinds)[number], string>> = {
  not_allowed:
    'You have no account on this server, or it has no administrator yet. Ask whoever looks after it.',
  single_sign_on_expired:
    'It was begun in another browser, or too long ago. Begin again, and finish in the same browser within ten minutes.',
  single_sign_on_failed:
    'The identity provider said no, it was cancelled, or the answer cannot be trusted. Try again, or ask an administrator: the log of this server tells more.',
  single_sign_on_unavailable:
    'The identity provider that you sign in with can’t be asked right now. Try again later; an administrator finds the reason in the log of this server.',
  too_many_attempts: 'This was tried too often. Wait for a quarter of an hour, then try again.',
};
const refusalSchema = z.enum(refusalKinds);

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
    answers: {
      303: { description: 'To its page, or to one that tells why not', headers: { Location: 'The page' } },
    },
    problems: ['not_found'],
    handle: ({ hub, browser, request }) =>
      orTold(request, async () => {
        const { url, preSession, lifetimeMs } = await serviceOf(hub).start(browser);
        return {
          status: 303,
          headers: { ...notKept, Location: url },
          cookies: [{ name: 'preSession', value: preSession, maxAgeMs: lifetimeMs }],
        };
      }),
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
      303: {
        description:
          'Signed in, by a cookie; or to a page that tells why not, at an address without the code',
        headers: { Location: 'The page to go on with' },
      },
    },
    problems: ['not_found'],
    handle: ({ hub, browser, request }) =>
      orTold(request, async () => {
        const [, query = ''] = request.originalUrl.split(/\?(.*)/s);
        const signedIn = await serviceOf(hub).finish(`?${query}`, browser);
        const { cookies = [] } = answerSignedIn(303, signedIn);
        return {
          status: 303,
          headers: { ...notKept, Location: `${request.baseUrl}/` },
          cookies: [...cookies, { name: 'preSession', value: null, maxAgeMs: 0 }],
        };
      }),
  }),
  publicRoute({
    method: 'get',
    path: done,
    operation: 'showSingleSignOn',
    summary: 'Why a single sign-on did not sign in, as a page',
    tag,
    query: z.strictObject({ problem: refusalSchema }),
    answers: { 200: { description: 'A page', contentType: 'text/html' } },
    handle: ({ query: { problem } }) => {
      const { html, headers } = refusalPage(
        new HubError(problem, `You were not signed in. ${refusals[problem]}`),
      );
      return { status: 200, html, headers: { ...notKept, ...headers } };
    },
  }),
];

/** Whoever waits for the answer sits before a browser. What was begun is kept: the answer may be somebody else's. */
async function orTold({ baseUrl }: Request, answer: () => Promise<Answer>): Promise<Answer> {
  try {
    return await answer();
  } catch (error) {
    const { data: problem } = refusalSchema.safeParse(error instanceof HubError ? error.kind : undefined);
    if (problem === undefined) throw error;
    return { status: 303, headers: { ...notKept, Location: `${baseUrl}${done}?problem=${problem}` } };
  }
}

/** The address has a code in it. */
const notKept = { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' };

/** @throws HubError `not_found` */
function serviceOf({ openIdConnect }: Hub): OpenIdConnectService {
  if (openIdConnect !== undefined) return openIdConnect;
  throw new HubError('not_found', 'People sign in to this server with a password only.');
}
