import { describe, expect, it } from '@jest/globals';
import type { TaskView } from '../processes/protocol.js';
import type { Cause } from './judge-ends.js';
import { judgeEnds } from './judge-ends.js';

const failed: TaskView = {
  id: 'task',
  gitProviderId: 'forge',
  state: 'failed',
  pages: 1,
  repositories: 100,
  error: { kind: 'unavailable', message: 'The forge answered 503.' },
  startedAt: 1_000,
  finishedAt: 2_000,
};
const down: Cause = { at: 1_500, mayFailAs: ['unavailable'], mayCancel: false };

function judge(task: TaskView, ...causes: readonly Cause[]): number {
  return judgeEnds([{ person: 0, task }], causes).length;
}

describe('the end of a run', () => {
  it('is explained by what has happened', () => {
    expect(judge(failed, down)).toBe(0);
    expect(judge({ ...failed, state: 'succeeded', error: undefined })).toBe(0);
  });

  it('is not explained by nothing, by something else, by what came later or befell somebody else', () => {
    expect(judge(failed)).toBe(1);
    expect(judge(failed, { ...down, mayFailAs: ['timeout'] })).toBe(1);
    expect(judge(failed, { ...down, at: 2_500 })).toBe(1);
    expect(judge(failed, { ...down, person: 1 })).toBe(1);
  });

  it('is cancelled only when somebody has asked for it', () => {
    const cancelled: TaskView = { ...failed, state: 'cancelled', error: undefined };
    expect(judge(cancelled, down)).toBe(1);
    expect(judge(cancelled, { ...down, mayCancel: true })).toBe(0);
  });
});
