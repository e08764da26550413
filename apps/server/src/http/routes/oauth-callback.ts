import { callbackRefusal, callbackRefusals, HubError } from '@anyforge/hub';
import { z } from 'zod';
import type { RenderedPage } from '../pages/page.js';
import { refusalPage, signInPage } from '../pages/sign-in-page.js';
import type { Answer, Route } from '../route.js';
import { publicRoute } from '../route.js';

const tag = 'Sign-ins';

/**
 * Of pages that forges send browsers to. Nothing keeps them, and their address goes nowhere.
 *
 * Forges isolate no page of theirs from its opener. Were these isolated, a browser would cut them off from the page that
 * opened the forge's, which would take the window for one that somebody has closed; they are safe without, because they
 * only speak to pages of this server.
 */
const pageHeaders = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'unsafe-none',
};

const resultQuery = z.strictObject({
  signIn: z.string().max(100).optional(),
  problem: z.enum(callbackRefusals).optional(),
});

/** Where forges send people back to, and what they see then. */
export const oauthCallbackRoutes: readonly Route[] = [
  publicRoute({
    method: 'get',
    path: '/oauth/callback/:gitProviderId',
    arrival: true,
    operation: 'finishSignIn',
    summary:
      'Where the forge of a git provider sends browsers back to: the redirect URL of its OAuth application',
    tag,
    params: z.object({ gitProviderId: z.string() }),
    query: z.looseObject({
      state: z.unknown().optional().describe('Of a sign-in that was started in this browser'),
      code: z.unknown().optional(),
      error: z.unknown().optional(),
    }),
    answers: {
      303: {
        description: 'It was read: what it came to is told there, at an address without the code',
        headers: {
          Location: 'The page to go on with: the one that was named, after a success without a popup',
        },
      },
    },
    handle: async ({ hub, caller, params: { gitProviderId }, request }) => {
      const [, query = ''] = request.originalUrl.split(/\?(.*)/s);
      const outcome = await hub.signIns.finish(caller, { gitProviderId, search: `?${query}` });
      if (outcome.kind === 'read' && outcome.onward !== undefined)
        return { status: 303, headers: { ...pageHeaders, Location: outcome.onward } };
      const told = outcome.kind === 'read' ? { signIn: outcome.signInId } : { problem: outcome.reason };
      const location = `${request.baseUrl}/oauth/done?${new URLSearchParams(told).toString()}`;
      return { status: 303, headers: { ...pageHeaders, Location: location } };
    },
  }),
  publicRoute({
    method: 'get',
    path: '/oauth/done',
    arrival: true,
    operation: 'showSignIn',
    summary:
      'What a sign-in of mine came to, as a page, which tells the page that opened it and closes itself',
    tag,
    query: resultQuery,
    answers: { 200: { description: 'A page', contentType: 'text/html' } },
    problems: ['not_found'],
    handle: async ({ hub, caller, query: { signIn, problem } }) => {
      if (problem !== undefined) return refusal(callbackRefusal(problem));
      if (caller === undefined || signIn === undefined) return refusal(notSignedIn());
      return page(signInPage(await hub.signIns.get(caller.personId, signIn)));
    },
  }),
];

function refusal(error: HubError): Answer {
  return page(refusalPage(error));
}

function page({ html, headers }: RenderedPage): Answer {
  return { status: 200, html, headers: { ...pageHeaders, ...headers } };
}

function notSignedIn(): HubError {
  return new HubError('not_signed_in', 'You are not signed in to anyforge in this browser. Sign in first.');
}
