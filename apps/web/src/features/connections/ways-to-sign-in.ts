import type { ListedGitProvider } from '@anyforge/client';
import type { SignInWay } from './sign-in-progress.js';

/** How one signs in from this page: at the forge, in one of three ways, or with a token that is typed here. */
export type OfferedWay = SignInWay | 'token';

const offers: Readonly<Record<ListedGitProvider['waysToSignIn'][number], readonly OfferedWay[]>> = {
  oauth: ['window', 'here'],
  device: ['code'],
  token: ['token'],
};

/** The easiest first. */
const order: readonly OfferedWay[] = ['window', 'code', 'token', 'here'];

/** What to offer: the easiest way, and then the others. Empty: nobody can sign in there. */
export function offeredWays({
  waysToSignIn,
}: Pick<ListedGitProvider, 'waysToSignIn'>): readonly OfferedWay[] {
  const offered = waysToSignIn.flatMap((way) => offers[way]);
  return order.filter((way) => offered.includes(way));
}
