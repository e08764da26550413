import type { GitProviderTestLine } from '@anyforge/client';
import { describe, expect, it } from '@jest/globals';
import type { TestEvent } from './test-progress.js';
import { awaitedSignIn, noTest, progressTest } from './test-progress.js';

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

  it('has no step that runs once it was stopped', () => {
    expect(after(plan, settings, { kind: 'stopped' }).steps.map(({ status }) => status)).toEqual([
      'passed',
      'pending',
    ]);
  });

  it('waits for a sign-in only where the forge has to know the redirect URL', () => {
    const summary: GitProviderTestLine = {
      kind: 'summary',
      revision: 3,
      outcome: 'waiting',
      message: 'Sign in.',
    };
    const waiting: GitProviderTestLine = {
      kind: 'step',
      step: 'sign_in',
      title: 'Signing in',
      status: 'waiting',
    };
    const redirectUrl = 'https://anyforge.example.com/oauth/callback';
    expect(awaitedSignIn(after(plan, settings, { ...waiting, redirectUrl }, summary))).toBe(redirectUrl);
    expect(awaitedSignIn(after(plan, settings, { ...waiting, redirectUrl }))).toBeUndefined();
    expect(awaitedSignIn(after(plan, settings, waiting, summary))).toBeUndefined();
  });
});
