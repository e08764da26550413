import type { TimedBudget } from '@anyforge/core';
import { describe, expect, it } from '@jest/globals';
import { planStart } from './plan-start.js';

const now = new Date('2026-11-20T12:00:00Z');
const secondMs = 1_000;
const hourMs = 3_600_000;

interface Case {
  readonly remaining: number;
  readonly limit?: number;
  readonly resetInMs?: number;
  readonly name?: string;
}

function budget({ remaining, limit = 5_000, resetInMs = hourMs, name = 'core' }: Case): TimedBudget {
  const scope = `github https://github.com connection-1 ${name}`;
  return { scope, per: 'credential', limit, remaining, resetAt: new Date(now.getTime() + resetInMs) };
}

const large = { requests: 400, resumable: false };
const resumable = { ...large, resumable: true };

describe('a listing before its start', () => {
  it.each([
    ['where no limit is known', large, []],
    ['with enough left beside what is kept for people', large, [budget({ remaining: 900 })]],
    [
      'of a small limit with just enough left',
      { ...large, requests: 10 },
      [budget({ remaining: 15, limit: 30 })],
    ],
    ['that goes on later with what it lacks', resumable, [budget({ remaining: 600 })]],
    [
      'that is larger than the limit, with a full one',
      { ...large, requests: 9_000 },
      [budget({ remaining: 5_000 })],
    ],
    ['where only another limit is used up', large, [budget({ remaining: 0, name: 'search' })]],
    [
      'whatever a refusal said, which the requests hear of',
      large,
      [budget({ remaining: 0, limit: 0, name: '*' })],
    ],
  ])('begins: one %s', (_, expected, budgets) => {
    expect(planStart(budgets, expected, now)).toBeUndefined();
  });

  it.each([
    ['would have to start over', large, [budget({ remaining: 899 })], hourMs],
    [
      'would come upon the reset soon anyway',
      resumable,
      [budget({ remaining: 899, resetInMs: 200 * secondMs })],
      200 * secondMs,
    ],
    [
      'needs more of a small limit than is left beside what is kept for people',
      { ...large, requests: 10 },
      [budget({ remaining: 14, limit: 30 })],
      hourMs,
    ],
    [
      'is larger than what is left of a small limit',
      { ...large, requests: 60 },
      [budget({ remaining: 50, limit: 60 })],
      hourMs,
    ],
    [
      'lacks room in two limits',
      large,
      [budget({ remaining: 0, resetInMs: secondMs }), budget({ remaining: 0, resetInMs: 2 * secondMs })],
      2 * secondMs,
    ],
  ])('waits for the reset: one that %s', (_, expected, budgets, waitMs) => {
    expect(planStart(budgets, expected, now)).toEqual(new Date(now.getTime() + waitMs));
  });

  it('that can go on does not wait for a reset that is further away than it takes', () => {
    const budgets = [budget({ remaining: 899, resetInMs: 200 * secondMs + 1 })];
    expect(planStart(budgets, resumable, now)).toBeUndefined();
  });
});
