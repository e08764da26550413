import { describe, expect, it } from '@jest/globals';
import { endOf, fractionOf, isOpen, lastSynced } from './sync-progress.js';
import { syncOf, taskOf } from './syncs.fixture.js';

describe('how far a sync is', () => {
  it('is open until it has an end', () => {
    expect(isOpen(syncOf())).toBe(true);
    expect(isOpen(syncOf({ finishedAt: '2026-11-20T10:00:00Z' }))).toBe(false);
  });

  it('is a part of what the forge says that there is', () => {
    expect(fractionOf(taskOf({ repositories: 25, total: 100 }))).toBe(0.25);
  });

  it('is never more than the whole, when more was listed than was said', () => {
    expect(fractionOf(taskOf({ repositories: 101, total: 100 }))).toBe(1);
  });

  it('is not known when the forge does not tell how much there is', () => {
    expect(fractionOf(taskOf({ repositories: 25 }))).toBeUndefined();
    expect(fractionOf(taskOf({ repositories: 0, total: 0 }))).toBeUndefined();
  });
});

describe('the end of a sync', () => {
  it('is not told while anything is open', () => {
    expect(endOf(syncOf({ tasks: [taskOf({ state: 'succeeded' })] }))).toBeUndefined();
  });

  it('tells which tasks succeeded, failed and were cancelled', () => {
    const tasks = (['succeeded', 'failed', 'interrupted', 'cancelled'] as const).map((state) =>
      taskOf({ id: state, state }),
    );
    const end = endOf(syncOf({ finishedAt: '2026-11-20T10:00:00Z', tasks }));
    expect(end?.succeeded.map(({ id }) => id)).toEqual(['succeeded']);
    expect(end?.failed.map(({ id }) => id)).toEqual(['failed', 'interrupted']);
    expect(end?.cancelled.map(({ id }) => id)).toEqual(['cancelled']);
  });
});

describe('what is known of syncs', () => {
  it('tells when the lists were last synchronized, and passes over what was cancelled', () => {
    const finishedAt = '2026-11-20T10:00:00Z';
    expect(
      lastSynced([
        syncOf({ id: 'c' }),
        syncOf({ id: 'b', state: 'cancelled', finishedAt: '2026-11-20T11:00:00Z' }),
        syncOf({ id: 'a', state: 'failed', finishedAt }),
      ]),
    ).toBe(finishedAt);
    expect(lastSynced([])).toBeUndefined();
  });
});
