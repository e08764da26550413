import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { openTestResources } from '../testing/test-store.js';
import { EndedSessions } from './ended-sessions.js';

const dayMs = 24 * 3_600_000;

let folder: string;
let resources: Awaited<ReturnType<typeof openTestResources>>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
  resources = await openTestResources(folder);
});

afterEach(async () => {
  await resources.store.close();
  await rm(folder, { recursive: true, force: true });
});

it('sessions that have expired, or were not used for long, are forgotten; others stay', async () => {
  const { database } = resources.store;
  const now = resources.clock.now().getTime();
  const at = { created_at: now, updated_at: now };
  await database
    .insertInto('people')
    .values({ id: 'ada', username: 'ada', username_key: 'ada', role: 'member', ...at })
    .execute();
  const session = (id: string, last_used_at: number, expires_at: number) => ({
    ...{ id, person_id: 'ada', token_hash: id, created_at: now, last_used_at, expires_at },
  });
  const expired = Array.from({ length: 1100 }, (_, index) => session(`expired-${String(index)}`, now, now));
  const rows = [
    session('in use', now - 7 * dayMs + 1, now + 1),
    session('idle', now - 7 * dayMs, now + dayMs),
    ...expired,
  ];
  for (let from = 0; from < rows.length; from += 400) {
    await database
      .insertInto('sessions')
      .values(rows.slice(from, from + 400))
      .execute();
  }
  for await (const _ of new EndedSessions(resources, { idleMs: 7 * dayMs }).batches());
  expect(await database.selectFrom('sessions').select('id').execute()).toEqual([{ id: 'in use' }]);
});
