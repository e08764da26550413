import { describe, expect, it } from '@jest/globals';
import type { ExplainedStep } from '@anyforge/client';
import { detailsOnce } from './details-once.js';

type Told = Pick<ExplainedStep, 'status' | 'detail'>;

const later: Told = { status: 'skipped', detail: 'Later.' };

describe('what is said at the steps of an explanation', () => {
  it('is said once where steps were not asked for the same reason', () => {
    const failed: Told = { status: 'failed', detail: 'You are not signed in.' };
    const passed: Told = { status: 'passed', detail: 'It lets it through.' };
    expect(detailsOnce([failed, later, passed, later])).toEqual([
      'You are not signed in.',
      'Later.',
      'It lets it through.',
      undefined,
    ]);
  });

  it('is said where the reason is another, and at every step that was asked', () => {
    const other: Told = { status: 'skipped', detail: 'Never.' };
    expect(detailsOnce([later, other])).toEqual(['Later.', 'Never.']);
    const unknown: Told = { status: 'unknown', detail: 'It does not say.' };
    expect(detailsOnce([unknown, unknown])).toEqual(['It does not say.', 'It does not say.']);
  });
});
