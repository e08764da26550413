import type { SignInRow, SignInState } from '../store/rows/sign-ins.js';

/** Of a sign-in that has not ended. */
export const openSignInStates = [
  'pending',
  'finishing',
  'awaiting_confirmation',
] as const satisfies readonly SignInState[];

export function isOpen({ state }: Pick<SignInRow, 'state'>): boolean {
  return (openSignInStates as readonly SignInState[]).includes(state);
}

/** What a sign-in that has ended keeps no more. */
export const endedSignIn = {
  transaction_sealed: null,
  credential: null,
  poll_at: null,
} as const satisfies Partial<SignInRow>;
