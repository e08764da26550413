import type { NewSession, SignedInPerson } from '@anyforge/hub';
import type { CookieChange } from './cookies.js';
import type { Answer } from './route.js';

/** A year: a browser that is used less is treated as an unknown one. */
const recognitionMs = 365 * 86_400_000;

/** Somebody has signed in: who it is, and the cookies that keep it so. The tokens are in the cookies only. */
export function answerSignedIn(status: number, { person, session, recognition }: SignedInPerson): Answer {
  return {
    status,
    body: { person, expiresAt: session.expiresAt },
    cookies: [sessionCookie(session), { name: 'recognition', value: recognition, maxAgeMs: recognitionMs }],
  };
}

/** The browser is asked to forget it when it ends; the server decides in any case. */
export function sessionCookie({ token, lifetimeMs }: NewSession): CookieChange {
  return { name: 'session', value: token, maxAgeMs: lifetimeMs };
}

export const noSessionCookie: CookieChange = { name: 'session', value: null, maxAgeMs: 0 };
