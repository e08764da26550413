import { describe, expect, it } from '@jest/globals';
import type { Connection } from '@anyforge/client';
import { emptyReason } from './empty-reason.js';

const connection: Connection = {
  gitProviderId: 'provider',
  kind: 'token',
  account: { id: '1', username: 'ada', kind: 'user' },
  createdAt: '2026-11-01T10:00:00Z',
  updatedAt: '2026-11-01T10:00:00Z',
};
const listed = {
  connection: { ...connection, visible: { completedAt: '2026-11-01T10:00:00Z', omitted: [] } },
};
const unlisted = { connection };
const stranger = { connection: null };

describe('why a list is empty', () => {
  it.each([
    ['no-providers', { search: { search: 'api' }, providers: [], syncing: false }],
    ['not-signed-in', { search: { search: 'api' }, providers: [stranger], syncing: false }],
    ['filtered', { search: { search: 'api' }, providers: [stranger, listed], syncing: false }],
    ['filtered', { search: { search: 'api' }, providers: [listed], syncing: true }],
    ['syncing', { search: {}, providers: [unlisted], syncing: true }],
    ['syncing', { search: { search: 'api' }, providers: [unlisted], syncing: true }],
    ['nothing', { search: { sort: 'name' }, providers: [listed], syncing: false }],
  ] as const)('is told by what comes first: %s', (reason, circumstances) => {
    expect(emptyReason(circumstances)).toBe(reason);
  });
});
