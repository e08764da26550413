import { describe, expect, it } from '@jest/globals';
import type { TaskView } from '../processes/protocol.js';
import type { Knowledge, Look } from './judge-list.js';
import { judgeRest } from './judge-rest.js';
import { Timeline } from './timeline.js';

function knowledgeOf(policy: 'staged' | 'revoke-first'): Knowledge {
  return {
    facts: new Map(),
    selection: new Timeline(0, { organizations: [], patterns: [] }),
    policy: new Timeline<'staged' | 'revoke-first'>(0, policy),
    account: new Timeline<string | undefined>(0, 'ada'),
    starts: [],
  };
}

const look: Look = {
  person: 0,
  from: 9_000,
  until: 9_010,
  isAtRest: true,
  accountId: 'ada',
  completedAt: 2_000,
  needsAttention: false,
  omitted: [],
  repositories: [{ id: '1', path: 'acme/api', level: 'read' }],
};

const good: TaskView = {
  id: 'task',
  gitProviderId: 'forge',
  state: 'succeeded',
  pages: 1,
  repositories: 1,
  startedAt: 1_000,
  finishedAt: 2_000,
};
const cancelled: TaskView = { ...good, state: 'cancelled', startedAt: 3_000, finishedAt: 4_000 };
const revoked: TaskView = {
  ...cancelled,
  state: 'failed',
  error: { kind: 'unauthenticated', message: 'The token was revoked.' },
};

function lawsOf(
  ended: readonly TaskView[],
  seen: Partial<Look> = {},
  policy: 'staged' | 'revoke-first' = 'staged',
) {
  const rest = { look: { ...look, ...seen }, ended, accountSince: 500 };
  return judgeRest(rest, knowledgeOf(policy)).map(({ law }) => law);
}

describe('what is shown when nothing goes on', () => {
  it('is what the last run has completed', () => {
    expect(lawsOf([good])).toEqual([]);
    expect(lawsOf([good], { completedAt: undefined })).toEqual(['what a run has completed is shown']);
  });

  it('is the last complete list after a run that did not succeed', () => {
    expect(lawsOf([good, cancelled])).toEqual([]);
    expect(lawsOf([good, cancelled], { completedAt: undefined })).toEqual(['the last complete list stands']);
  });

  it('may be incomplete after a run that was to begin again and was cancelled before it did', () => {
    const again = { ...cancelled, startedAt: undefined };
    expect(lawsOf([good, again], { completedAt: undefined }, 'revoke-first')).toEqual([]);
  });

  it('may be incomplete after such a run where lists are revoked first', () => {
    expect(lawsOf([good, cancelled], { completedAt: undefined }, 'revoke-first')).toEqual([]);
  });

  it('is nothing that a run has completed which did not succeed', () => {
    expect(lawsOf([good, cancelled], { completedAt: 4_000 })).toEqual([
      'only what a run has completed is shown',
    ]);
  });

  it('is nothing after a definite revocation, and says so', () => {
    const law = ['a definite revocation hides at once'];
    const hidden = { completedAt: undefined, repositories: [], needsAttention: true };
    expect(lawsOf([good, revoked])).toEqual(law);
    expect(lawsOf([good, revoked], { ...hidden, needsAttention: false })).toEqual(law);
    expect(lawsOf([good, revoked], hidden)).toEqual([]);
  });
});
