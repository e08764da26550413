import { describe, expect, it } from '@jest/globals';
import type { Connection, ListedGitProvider } from '@anyforge/client';
import { syncOf, taskOf } from '../syncs/syncs.fixture.js';
import { noticesOf } from './list-notices.js';

const connection: Connection = {
  gitProviderId: 'provider',
  kind: 'token',
  account: { id: '1', username: 'ada', kind: 'user' },
  visible: { completedAt: '2026-11-19T10:00:00Z', omitted: [] },
  createdAt: '2026-11-01T10:00:00Z',
  updatedAt: '2026-11-01T10:00:00Z',
};

function provider(members: Partial<ListedGitProvider> = {}): ListedGitProvider {
  return {
    id: 'provider',
    type: 'forge',
    name: 'Our forge',
    config: {},
    secretsSet: [],
    restricted: false,
    syncPolicy: 'staged',
    schedule: null,
    version: 1,
    createdAt: '2026-11-01T10:00:00Z',
    updatedAt: '2026-11-01T10:00:00Z',
    waysToSignIn: ['token'],
    connection,
    ...members,
  };
}

const error = { kind: 'unavailable', message: 'The forge does not answer.' };
const failed = syncOf({
  state: 'failed',
  finishedAt: '2026-11-20T10:00:00Z',
  tasks: [taskOf({ state: 'failed', error, finishedAt: '2026-11-20T10:00:00Z' })],
});

describe('what people should know of their list', () => {
  it('is nothing when all went well', () => {
    const done = syncOf({ finishedAt: '2026-11-20T10:00:00Z', tasks: [taskOf({ state: 'succeeded' })] });
    expect(noticesOf([provider()], [done])).toEqual([]);
  });

  it('is that the last sync failed, and how old the list is', () => {
    expect(noticesOf([provider()], [failed])).toMatchObject([
      { kind: 'failed', error, listFrom: '2026-11-19T10:00:00Z' },
    ]);
  });

  it('is no failure that a later sync has made up for, or may', () => {
    const after = (state: 'succeeded' | 'running') => syncOf({ id: 'later', tasks: [taskOf({ state })] });
    expect(noticesOf([provider()], [after('succeeded'), failed])).toEqual([]);
    expect(noticesOf([provider()], [after('running'), failed])).toEqual([]);
  });

  it('is a failure still when what came later was cancelled', () => {
    const cancelled = syncOf({ id: 'later', tasks: [taskOf({ state: 'cancelled' })] });
    expect(noticesOf([provider()], [cancelled, failed])).toMatchObject([{ kind: 'failed' }]);
  });

  it('is no failure of an earlier sign-in', () => {
    const fresh = { ...connection, createdAt: '2026-11-20T11:00:00Z' };
    expect(noticesOf([provider({ connection: fresh })], [failed])).toEqual([]);
  });

  it('is that one has to sign in again, rather than what failed because of that', () => {
    const needsAttention = { reason: 'The token was revoked.', since: '2026-11-20T10:00:00Z' };
    expect(noticesOf([provider({ connection: { ...connection, needsAttention } })], [failed])).toMatchObject([
      { kind: 'attention' },
    ]);
  });

  it('is which organizations were left out', () => {
    const omission = { organization: { path: 'acme' }, reason: 'sso_required' } as const;
    const visible = { completedAt: '2026-11-19T10:00:00Z', omitted: [omission] };
    expect(noticesOf([provider({ connection: { ...connection, visible } })], [])).toMatchObject([
      { kind: 'omitted', omission },
    ]);
  });

  it('says nothing of git providers that I am not signed in to', () => {
    expect(noticesOf([provider({ connection: null })], [failed])).toEqual([]);
  });
});
