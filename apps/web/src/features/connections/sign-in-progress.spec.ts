import { describe, expect, it } from '@jest/globals';
import type { SignIn } from '@anyforge/client';
import type { SignInEvent } from './sign-in-progress.js';
import { firstProgress, isOpen, progressSignIn, viewSignIn } from './sign-in-progress.js';

const pending: SignIn = {
  id: 'one',
  gitProviderId: 'forge',
  purpose: 'connection',
  method: 'redirect',
  display: 'popup',
  state: 'pending',
  returnUrl: 'https://anyforge.example.com/git-providers',
  createdAt: '2026-11-21T08:00:00.000Z',
  expiresAt: '2026-11-21T08:10:00.000Z',
};
const account = { id: '7', username: 'ada', kind: 'user' } as const;
const started: SignInEvent = {
  type: 'started',
  signIn: { ...pending, authorizationUrl: 'https://forge.example.com/authorize' },
};

function after(...events: readonly SignInEvent[]) {
  return events.reduce(progressSignIn, firstProgress());
}

const waiting = after({ type: 'begun', way: 'window' }, started);

describe('a sign-in on the page', () => {
  it('waits for the window once the server has started it', () => {
    expect(viewSignIn(after({ type: 'begun', way: 'window' }), undefined)).toEqual({ kind: 'starting' });
    expect(viewSignIn(waiting, pending)).toEqual({ kind: 'window', open: true });
  });

  it('remembers the page of the forge, so that a closed window can be opened again', () => {
    const closed = progressSignIn(waiting, { type: 'window-closed' });
    expect(closed).toMatchObject({ authorizationUrl: 'https://forge.example.com/authorize' });
    expect(viewSignIn(closed, pending)).toEqual({ kind: 'window', open: false });
    expect(viewSignIn(progressSignIn(closed, { type: 'window-opened' }), pending)).toEqual({
      kind: 'window',
      open: true,
    });
  });

  it('succeeds although its window was closed: browsers call a window closed that the forge has cut off', () => {
    const closed = progressSignIn(waiting, { type: 'window-closed' });
    const succeeded: SignIn = { ...pending, state: 'succeeded', account };
    expect(viewSignIn(closed, succeeded)).toEqual({ kind: 'succeeded', signIn: succeeded });
  });

  it('says that the window was blocked before anything is started', () => {
    expect(viewSignIn(after({ type: 'blocked' }), undefined)).toEqual({ kind: 'blocked' });
  });

  it('tells why the server refused to start it', () => {
    const error = new Error('no OAuth application');
    const refused = after({ type: 'begun', way: 'code' }, { type: 'refused', error });
    expect(viewSignIn(refused, undefined)).toEqual({ kind: 'refused', way: 'code', error });
  });

  it('stays dismissed, whatever comes in afterwards', () => {
    const dismissed = after({ type: 'begun', way: 'window' }, { type: 'dismissed' });
    const late: readonly SignInEvent[] = [
      started,
      { type: 'refused', error: new Error('too late') },
      { type: 'left' },
      { type: 'window-closed' },
      { type: 'window-opened' },
    ];
    for (const event of late) expect(progressSignIn(dismissed, event)).toBe(dismissed);
  });

  it('shows nothing of a sign-in that it does not wait for', () => {
    const other: SignIn = { ...pending, id: 'another', state: 'succeeded', account };
    expect(viewSignIn(waiting, other)).toEqual({ kind: 'starting' });
  });

  it('shows the code while it is waited for, and then asks whose account it is', () => {
    const device = {
      userCode: 'ABCD-1234',
      verificationUrl: 'https://forge.example.com/device',
      nextPollAt: '2026-11-21T08:00:05.000Z',
    };
    expect(viewSignIn(waiting, { ...pending, method: 'device', device })).toEqual({ kind: 'code', device });
    expect(viewSignIn(waiting, { ...pending, state: 'awaiting_confirmation', account })).toEqual({
      kind: 'confirmation',
      account,
    });
  });

  it('goes on after a reload with what the server says', () => {
    const resumed = firstProgress('one');
    expect(viewSignIn(resumed, undefined)).toEqual({ kind: 'starting' });
    expect(viewSignIn(resumed, { ...pending, state: 'finishing' })).toEqual({ kind: 'finishing' });
    const error = { kind: 'access_denied', message: 'You have refused.' };
    expect(viewSignIn(resumed, { ...pending, state: 'failed', error })).toEqual({
      kind: 'failed',
      way: 'window',
      error,
    });
  });

  it.each([
    ['window', { method: 'redirect', display: 'popup' }],
    ['here', { method: 'redirect', display: 'page' }],
    ['code', { method: 'device', display: 'popup' }],
  ] as const)('that was cancelled can be begun again in the way it went: %s', (way, how) => {
    expect(viewSignIn(waiting, { ...pending, ...how, state: 'cancelled' })).toEqual({
      kind: 'cancelled',
      way,
    });
  });

  it.each([
    ['pending', true],
    ['finishing', true],
    ['awaiting_confirmation', true],
    ['succeeded', false],
    ['failed', false],
    ['cancelled', false],
  ] as const)('that is %s may come to something: %s', (state, open) => {
    expect(isOpen({ state })).toBe(open);
  });
});
