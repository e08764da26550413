import type { SignIn } from '@anyforge/client';
import { isOpen } from './sign-in-progress.js';

const shortestMs = 1000;
const longestMs = 15_000;
/** The window tells at once when it is done; asking is for browsers that have cut it off. */
const besideWindowMs = 2500;

/**
 * In how many milliseconds to ask again how a sign-in stands; undefined when it has ended. The server says when asking
 * for a code makes sense, by its own clock, which may differ from this one's: so the wait is kept within bounds.
 */
export function pollDelay(signIn: Pick<SignIn, 'state' | 'device'>, now: number): number | undefined {
  if (!isOpen(signIn)) return undefined;
  if (signIn.device === undefined) return besideWindowMs;
  const wait = Date.parse(signIn.device.nextPollAt) - now;
  return Math.min(Math.max(Number.isNaN(wait) ? longestMs : wait, shortestMs), longestMs);
}
