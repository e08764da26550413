import type { Sync, SyncTask } from '../../api/syncs.js';

export function taskOf(members: Partial<SyncTask> = {}): SyncTask {
  return {
    id: 'task',
    gitProviderId: 'provider',
    state: 'running',
    pages: 0,
    repositories: 0,
    omitted: [],
    ...members,
  };
}

export function syncOf(members: Partial<Sync> = {}): Sync {
  return {
    id: 'sync',
    state: 'running',
    revision: 1,
    done: 0,
    createdAt: '2026-11-20T09:00:00Z',
    tasks: [taskOf()],
    ...members,
  };
}
