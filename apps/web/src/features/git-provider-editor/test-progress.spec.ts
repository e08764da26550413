import type { GitProviderTestLine } from '@anyforge/client';
import { describe, expect, it } from '@jest/globals';
import type { TestEvent } from './test-progress.js';
import { awaitedSignIn, isHeldUp, noTest, progressTest, wantsSignIn } from './test-progress.js';

const plan: GitProviderTestLine = {
  kind: 'plan',
  revision: 3,
  steps: [
    { step: 'settings', title: 'The settings are complete' },
    { step: 'sign_in', title: 'Signing in' },
  ],
};
const settings: GitProviderTestLine = {
  kind: 'step',
  step: 'settings',
  title: 'The settings are complete',
  status: 'passed',
};
const after = (...lines: readonly TestEvent[]) => lines.reduce(progressTest, noTest);

describe('a test under way', () => {
  it('runs the first of its steps that has not ended', () => {
    expect(after(plan).steps.map(({ status }) => status)).toEqual(['running', 'pending']);
    expect(after(plan, settings).steps.map(({ status }) => status)).toEqual(['passed', 'running']);
  });

  it('ends with its summary', () => {
    const summary: GitProviderTestLine = {
      kind: 'summary',
      revision: 3,
      outcome: 'failed',
      message: 'Not yet.',
    };
    expect(after(plan, settings, summary).summary).toBe(summary);
    expect(after(plan, settings, summary, plan).summary).toBeUndefined();
  });

  it('says nothing of the one before, from the moment at which it begins', () => {
    expect(after(plan, settings, { kind: 'begun' })).toEqual(noTest);
  });

  it('has no step that runs once it was stopped', () => {
    expect(after(plan, settings, { kind: 'stopped' }).steps.map(({ status }) => status)).toEqual([
      'passed',
      'pending',
    ]);
  });

  it('is held up by what has failed, and by nothing where there was nothing to try', () => {
    const skipped = { kind: 'step', step: 'sign_in', title: 'Signing in', status: 'skipped' } as const;
    const areHeldUp = (...lines: readonly TestEvent[]) => {
      const { steps } = after(plan, ...lines);
      return steps.map((step) => isHeldUp(steps, step));
    };
    expect(areHeldUp({ ...settings, status: 'failed' }, skipped)).toEqual([false, true]);
    expect(areHeldUp(settings, skipped)).toEqual([false, false]);
  });

  describe('that has ended for want of a sign-in', () => {
    const summary: GitProviderTestLine = {
      kind: 'summary',
      revision: 3,
      outcome: 'waiting',
      message: 'Sign in.',
    };
    const signIn: GitProviderTestLine = {
      kind: 'step',
      step: 'sign_in',
      title: 'Signing in',
      status: 'waiting',
    };
    const redirectUrl = 'https://anyforge.example.com/oauth/callback';

    it('tells the redirect URL, also when the last sign-in was refused', () => {
      expect(awaitedSignIn(after(plan, settings, { ...signIn, redirectUrl }, summary))).toBe(redirectUrl);
      const refused = { ...signIn, status: 'failed', redirectUrl } as const;
      expect(awaitedSignIn(after(plan, settings, refused, summary))).toBe(redirectUrl);
    });

    it('tells none while it runs, or where people sign in with tokens', () => {
      expect(awaitedSignIn(after(plan, settings, { ...signIn, redirectUrl }))).toBeUndefined();
      expect(awaitedSignIn(after(plan, settings, signIn, summary))).toBeUndefined();
    });

    it('wants another one, unless something before it has to be repaired first', () => {
      expect(wantsSignIn(after(plan, settings, signIn, summary))).toBe(true);
      expect(wantsSignIn(after(plan, settings, signIn))).toBe(false);
      expect(wantsSignIn(after(plan, { ...settings, status: 'failed' }, signIn, summary))).toBe(false);
      expect(wantsSignIn(after(plan, settings, { ...signIn, status: 'passed' }, summary))).toBe(false);
    });
  });
});
