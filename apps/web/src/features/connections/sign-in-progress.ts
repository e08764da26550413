import type { SignIn, StartedSignIn } from '@anyforge/client';

/** How somebody goes to the forge: in a window of its own, in this one, or by typing a code there. */
export type SignInWay = 'window' | 'here' | 'code';

/** What this page itself knows of a sign-in. How it stands is the server's to say: see `viewSignIn`. */
export type SignInProgress =
  | { readonly step: 'idle' }
  | { readonly step: 'blocked' }
  | { readonly step: 'starting'; readonly way: SignInWay }
  | { readonly step: 'refused'; readonly way: SignInWay; readonly error: unknown }
  | { readonly step: 'leaving' }
  | {
      readonly step: 'awaiting';
      readonly signInId: string;
      /** Where the forge's page is, as far as can be told; `elsewhere` when another load of this page has opened it. */
      readonly window: 'open' | 'closed' | 'elsewhere';
      /** The forge's page, as long as this page remembers it. */
      readonly authorizationUrl?: string | undefined;
    };

export type SignInEvent =
  | { readonly type: 'begun'; readonly way: SignInWay }
  | { readonly type: 'blocked' }
  | { readonly type: 'started'; readonly signIn: StartedSignIn }
  | { readonly type: 'refused'; readonly error: unknown }
  | { readonly type: 'left' }
  | { readonly type: 'window-closed' }
  | { readonly type: 'window-opened' }
  | { readonly type: 'dismissed' };

const idle: SignInProgress = { step: 'idle' };

/** @param resumed the id of a sign-in that an earlier load of the page has started */
export function firstProgress(resumed?: string): SignInProgress {
  return resumed === undefined ? idle : { step: 'awaiting', signInId: resumed, window: 'elsewhere' };
}

/** What a sign-in has come to on this page. An event that comes too late, after a dismissal say, changes nothing. */
export function progressSignIn(progress: SignInProgress, event: SignInEvent): SignInProgress {
  switch (event.type) {
    case 'begun':
      return { step: 'starting', way: event.way };
    case 'blocked':
      return { step: 'blocked' };
    case 'started':
      return progress.step === 'starting' ? awaiting(event.signIn) : progress;
    case 'refused':
      return progress.step === 'starting'
        ? { step: 'refused', way: progress.way, error: event.error }
        : progress;
    case 'left':
      return progress.step === 'starting' ? { step: 'leaving' } : progress;
    case 'window-closed':
      return progress.step === 'awaiting' ? { ...progress, window: 'closed' } : progress;
    case 'window-opened':
      return progress.step === 'awaiting' ? { ...progress, window: 'open' } : progress;
    case 'dismissed':
      return idle;
  }
}

function awaiting({ id, authorizationUrl }: StartedSignIn): SignInProgress {
  return { step: 'awaiting', signInId: id, window: 'open', authorizationUrl };
}

/** What to show of a sign-in. */
export type SignInView =
  | { readonly kind: 'none' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'refused'; readonly way: SignInWay; readonly error: unknown }
  | { readonly kind: 'leaving' }
  | { readonly kind: 'window'; readonly open: boolean }
  | { readonly kind: 'code'; readonly device: NonNullable<SignIn['device']> }
  | { readonly kind: 'finishing' }
  | { readonly kind: 'confirmation'; readonly account: NonNullable<SignIn['account']> }
  | { readonly kind: 'succeeded'; readonly signIn: SignIn }
  | { readonly kind: 'failed'; readonly way: SignInWay; readonly error: SignIn['error'] }
  | { readonly kind: 'cancelled'; readonly way: SignInWay };

/** @param signIn how it stands at the server; undefined before the server has told */
export function viewSignIn(progress: SignInProgress, signIn: SignIn | undefined): SignInView {
  switch (progress.step) {
    case 'idle':
      return { kind: 'none' };
    case 'blocked':
    case 'leaving':
    case 'starting':
      return { kind: progress.step };
    case 'refused':
      return { kind: 'refused', way: progress.way, error: progress.error };
    case 'awaiting':
      return signIn?.id === progress.signInId
        ? viewAwaited(signIn, progress.window !== 'closed')
        : { kind: 'starting' };
  }
}

function viewAwaited(signIn: SignIn, open: boolean): SignInView {
  switch (signIn.state) {
    case 'pending':
      return signIn.device === undefined ? { kind: 'window', open } : { kind: 'code', device: signIn.device };
    case 'awaiting_confirmation':
      // Without an account there is nothing to ask for yet.
      return signIn.account === undefined
        ? { kind: 'finishing' }
        : { kind: 'confirmation', account: signIn.account };
    case 'succeeded':
      return { kind: 'succeeded', signIn };
    case 'failed':
      return { kind: 'failed', way: wayOf(signIn), error: signIn.error };
    case 'cancelled':
      return { kind: 'cancelled', way: wayOf(signIn) };
    case 'finishing':
      return { kind: 'finishing' };
  }
}

function wayOf({ method, display }: SignIn): SignInWay {
  if (method === 'device') return 'code';
  return display === 'page' ? 'here' : 'window';
}

const openStates: readonly SignIn['state'][] = ['pending', 'finishing', 'awaiting_confirmation'];

/** Whether a sign-in may still come to something. */
export function isOpen({ state }: Pick<SignIn, 'state'>): boolean {
  return openStates.includes(state);
}
