import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '../people/caller.js';
import type { AuditEventRow } from '../store/rows/audit.js';
import { openTestResources } from '../testing/test-store.js';
import type { AuditEventView } from './audit-events.js';
import { AuditEvents } from './audit-events.js';
import { AuditRetention } from './audit-retention.js';
import type { AuditEvent } from './audit-trail.js';
import { AuditTrail } from './audit-trail.js';

const dayMs = 24 * 60 * 60 * 1000;

const ada: Caller = {
  personId: 'ada',
  username: 'ada',
  role: 'member',
  via: { kind: 'api_token', tokenId: 'token-of-ada', scopes: ['git'] },
};
const root: Caller = {
  personId: 'root',
  username: 'root',
  role: 'administrator',
  via: { kind: 'session', sessionId: 'session-of-root' },
};

const issued: AuditEvent = {
  caller: ada,
  action: 'git_credential.issued',
  gitProviderId: 'provider',
  details: { host: 'forge.test', repository: 'acme/api', kind: 'basic' },
};
const deleted: AuditEvent = {
  caller: root,
  action: 'git_provider.deleted',
  gitProviderId: 'provider',
  details: { name: 'Forge', type: 'fake', connections: 2 },
};
const reset: AuditEvent = {
  caller: root,
  action: 'person.password_reset',
  subjectId: 'ada',
  details: { username: 'ada', connections: 1, sessions: 3 },
};

describe('the audit trail', () => {
  let folder: string;
  let resources: Awaited<ReturnType<typeof openTestResources>>;
  let trail: AuditTrail;
  let events: AuditEvents;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-audit-'));
    resources = await openTestResources(folder);
    trail = new AuditTrail(resources);
    events = new AuditEvents(resources);
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true });
  });

  async function record(...recorded: readonly AuditEvent[]): Promise<void> {
    for (const event of recorded) {
      await trail.record(resources.store.database, event);
      resources.clock.advance(1);
    }
  }

  async function actions(caller: Caller): Promise<readonly string[]> {
    const { items } = await events.list(caller, { limit: 200 });
    return items.map(({ action }) => action);
  }

  it('tells who did what, when, where and through what', async () => {
    const at = resources.clock.now();
    await record(issued);
    expect((await events.list(ada, { limit: 1 })).items).toEqual([
      {
        id: 'id-0001',
        at,
        person: { id: 'ada', username: 'ada' },
        via: 'api_token',
        viaId: 'token-of-ada',
        subjectId: undefined,
        action: 'git_credential.issued',
        gitProviderId: 'provider',
        details: { host: 'forge.test', repository: 'acme/api', kind: 'basic' },
      },
    ]);
  });

  it('shows people what they did and what was done to them, and nothing else', async () => {
    await record(issued, deleted, reset, { ...issued, caller: root });
    expect(await actions(ada)).toEqual(['person.password_reset', 'git_credential.issued']);
    expect(await actions({ ...ada, personId: 'somebody else' })).toEqual([]);
  });

  it('shows administrators what was done to people and git providers, but nobody else’s credentials', async () => {
    await record(issued, deleted, reset, {
      caller: 'server',
      action: 'connection.signed_out',
      subjectId: 'ada',
      details: { account: 'ada', revocationAsked: false },
    });
    const other: Caller = { ...root, personId: 'other administrator' };
    expect(await actions(other)).toEqual(['person.password_reset', 'git_provider.deleted']);
    const [{ person, viaId } = {} as Partial<AuditEventView>] = (await events.list(other, { limit: 1 }))
      .items;
    expect({ person, viaId }).toEqual({ person: { id: 'root', username: 'root' }, viaId: undefined });
  });

  it('is read page by page, newest first, also when events are of one moment and seen in two ways', async () => {
    for (let index = 0; index < 5; index += 1) {
      await trail.record(resources.store.database, { ...deleted, subjectId: 'root' });
      await trail.record(resources.store.database, reset);
      if (index % 2 === 0) resources.clock.advance(1);
    }
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await events.list(root, { limit: 3, cursor });
      expect(page.items.length).toBeLessThanOrEqual(3);
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(ids).toEqual(
      Array.from({ length: 10 }, (_, index) => `id-${String(10 - index).padStart(4, '0')}`),
    );
  });

  it('keeps no detail that its action does not name, and none at length', async () => {
    const withMore = { ...issued.details, password: 'canary', host: 'h'.repeat(1000) };
    await record({ ...issued, details: withMore });
    const row = await resources.store.database
      .selectFrom('audit_events')
      .selectAll()
      .executeTakeFirstOrThrow();
    expect(JSON.stringify(row)).not.toContain('canary');
    expect(row.details.length).toBeLessThan(400);
  });

  it('is undone with what it tells of', async () => {
    const failed = resources.store.database.transaction().execute(async (transaction) => {
      await trail.record(transaction, deleted);
      throw new Error('and then it failed');
    });
    await expect(failed).rejects.toThrow('and then it failed');
    expect(await actions(root)).toEqual([]);
  });

  it.each(['', 'nonsense', Buffer.from('["1","2"]').toString('base64url')])(
    'refuses a cursor that it did not give: %j',
    async (cursor) => {
      await expect(events.list(root, { limit: 1, cursor })).rejects.toMatchObject({
        kind: 'invalid_input',
        issues: [{ path: 'cursor' }],
      });
    },
  );

  it('forgets what is older than it is kept, however much that is, and nothing younger', async () => {
    const row: Omit<AuditEventRow, 'id' | 'at'> = {
      ...{ person_id: 'root', username: 'root', via: 'session', via_id: null, subject_id: null },
      ...{ audience: 'administrators', action: 'git_provider.created', git_provider_id: null, details: '{}' },
    };
    const before = resources.clock.now().getTime() - 30 * dayMs;
    const rows = Array.from({ length: 1201 }, (_, index) => ({
      ...row,
      id: `old-${String(index)}`,
      at: before - 1 - index,
    }));
    for (let index = 0; index < rows.length; index += 100) {
      await resources.store.database
        .insertInto('audit_events')
        .values(rows.slice(index, index + 100))
        .execute();
    }
    await resources.store.database
      .insertInto('audit_events')
      .values({ ...row, id: 'kept', at: before })
      .execute();
    await new AuditRetention(resources, 30).sweep();
    expect((await events.list(root, { limit: 200 })).items.map(({ id }) => id)).toEqual(['kept']);
  });

  it('looks for what is too old when events come in, once an hour', async () => {
    const retention = new AuditRetention(resources, 1);
    trail = new AuditTrail(resources, retention);
    await record(deleted);
    resources.clock.advance(dayMs - 1000);
    await record(reset);
    resources.clock.advance(2000);
    await record(issued);
    await retention.close();
    expect(await actions(root)).toEqual(['person.password_reset', 'git_provider.deleted']);

    const later = new AuditRetention(resources, 1);
    trail = new AuditTrail(resources, later);
    await record(issued);
    await later.close();
    expect(await actions(root)).toEqual(['person.password_reset']);
  });
});
