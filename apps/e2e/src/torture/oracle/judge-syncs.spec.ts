import { describe, expect, it } from '@jest/globals';
import type { TaskView } from '../processes/protocol.js';
import type { SeenSync } from './judge-syncs.js';
import { judgeSync } from './judge-syncs.js';

const running: TaskView = {
  id: 'task',
  gitProviderId: 'forge',
  state: 'running',
  pages: 1,
  repositories: 100,
  startedAt: 1_000,
};
const succeeded: TaskView = { ...running, state: 'succeeded', finishedAt: 2_000 };

function seen(task: TaskView, changes: Partial<SeenSync> = {}): SeenSync {
  const hasEnded = task.finishedAt !== undefined;
  return {
    id: 'sync',
    state: task.state,
    revision: 1,
    done: Number(hasEnded),
    finishedAt: task.finishedAt,
    tasks: [task],
    seenAt: 3_000,
    ...changes,
  };
}

function storyOf(...syncs: readonly SeenSync[]): string {
  return judgeSync(syncs)
    .map(({ story }) => story)
    .join('\n');
}

describe('what is held against what is told of a sync', () => {
  it('is nothing while it runs and ends', () => {
    expect(judgeSync([seen(running), seen(succeeded, { revision: 2 })])).toEqual([]);
  });

  it('is a state that is not that of its tasks', () => {
    expect(storyOf(seen(running, { state: 'succeeded' }))).toContain('where its tasks make it running');
  });

  it('is a number of what is done that does not fit', () => {
    expect(storyOf(seen(succeeded, { done: 0 }))).toContain('tells 0 done where 1 have ended');
  });

  it('is two open tasks for one git provider', () => {
    const tasks = [running, { ...running, id: 'other' }];
    expect(storyOf(seen(running, { tasks }))).toContain('two open tasks');
  });

  it('is an end that is taken back', () => {
    expect(storyOf(seen(succeeded), seen(running, { revision: 2 }))).toContain('has ended and goes on');
  });

  it('is a run that ends in two ways', () => {
    const cancelled: TaskView = { ...succeeded, state: 'cancelled' };
    expect(storyOf(seen(cancelled), seen(succeeded, { revision: 2 }))).toContain(
      'was cancelled and is succeeded',
    );
  });

  it('is a run that ends twice', () => {
    const again: TaskView = { ...succeeded, finishedAt: 2_500 };
    expect(storyOf(seen(succeeded), seen(again, { revision: 2 }))).toContain('has ended twice');
  });

  it('is a revision that goes back', () => {
    expect(storyOf(seen(running, { revision: 5 }), seen(running, { revision: 4 }))).toContain(
      'at revision 4 after 5',
    );
  });

  it('is a failure without a reason, and a wait without an end', () => {
    expect(storyOf(seen({ ...succeeded, state: 'failed' }))).toContain('without a reason');
    expect(storyOf(seen({ ...running, state: 'waiting' }))).toContain('is waiting and waits');
  });
});
