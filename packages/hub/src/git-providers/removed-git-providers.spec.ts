import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HubError } from '../errors.js';
import { gate, syncEnd, visiblePaths } from '../testing/test-hub.js';
import { administrator, ChangesBench } from './changes-bench.fixture.js';

describe('a git provider that is removed', () => {
  let bench: ChangesBench;
  let id: string;

  beforeEach(async () => {
    bench = await ChangesBench.open();
    id = await bench.add();
  });

  afterEach(() => bench.close());

  it.each(['', 'forge', 'Forg', 'Other'])('stays unless it is called by its name: %j', async (name) => {
    await expect(bench.hub.gitProviders.remove(administrator, id, { name })).rejects.toMatchObject({
      kind: 'name_mismatch',
      status: 422,
      message: expect.stringContaining('"Forge"'),
    });
    expect(await bench.hub.gitProviders.list('ada')).toHaveLength(1);
  });

  it('stays when it is not the version that was seen', async () => {
    await bench.hub.gitProviders.update(administrator, id, { patterns: ['acme/**'] });
    await expect(
      bench.hub.gitProviders.remove(administrator, id, { name: 'Forge', version: 1 }),
    ).rejects.toMatchObject({ kind: 'version_conflict' });
    await bench.hub.gitProviders.remove(administrator, id, { name: 'Forge', version: 2 });
    await expect(bench.hub.gitProviders.get('ada', id)).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('takes everything along that belongs to it, and nothing of another', async () => {
    const other = await bench.add({ baseUrl: 'https://forge.test' }, 'Other');
    for (const gitProviderId of [id, other]) {
      await bench.signIn('ada', gitProviderId);
      await bench.signIn('bob', gitProviderId);
    }
    await bench.hub.gitProviderDrafts.create(administrator, { type: 'fake', gitProviderId: id });
    expect(await tablesWith(bench, id)).toContain('git_provider_drafts');
    await bench.hub.gitProviders.remove(administrator, id, { name: 'Forge' });
    await bench.sweep();
    const left = await tablesWith(bench, id);
    expect(left).toEqual(['audit_events']);
    expect(await tablesWith(bench, other)).toEqual(
      expect.arrayContaining(['connections', 'git_providers', 'repositories', 'permissions', 'sync_tasks']),
    );
    expect(await visiblePaths(bench.hub, 'ada')).toHaveLength(3);
  });

  it('ends the syncs that run there: they go on without it, and what was only of it is over', async () => {
    const other = await bench.add({ baseUrl: 'https://forge.test' }, 'Other');
    await bench.signIn('ada', id);
    await bench.signIn('ada', other);
    await bench.signIn('bob', id);
    const asked = gate();
    const answered = gate();
    bench.forge.before = ({ kind }) => {
      if (kind !== 'page') return;
      asked.open();
      return answered.opened;
    };
    const ofAda = await bench.hub.syncs.start('ada');
    const ofBob = await bench.hub.syncs.start('bob');
    await asked.opened;
    await bench.hub.gitProviders.remove(administrator, id, { name: 'Forge' });
    expect(await syncEnd(bench.hub, 'bob', ofBob.id)).toMatchObject({ state: 'cancelled', tasks: [] });
    answered.open();
    expect(await syncEnd(bench.hub, 'ada', ofAda.id)).toMatchObject({
      state: 'succeeded',
      tasks: [{ gitProviderId: other }],
    });
    expect(await tablesWith(bench, id)).not.toContain('sync_tasks');
  });

  it('is gone once, however many remove it', async () => {
    const removals = [1, 2, 3].map(() => bench.hub.gitProviders.remove(administrator, id, { name: 'Forge' }));
    const settled = await Promise.allSettled(removals);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('loses or wins against somebody who changes it, and is never half of each', async () => {
    await bench.signIn('ada', id);
    const [removed, changed] = await Promise.allSettled([
      bench.hub.gitProviders.remove(administrator, id, { name: 'Forge' }),
      bench.hub.gitProviders.update(administrator, id, { patterns: ['acme/**'] }),
    ]);
    expect(removed.status).toBe('fulfilled');
    const reason: unknown = changed.status === 'rejected' ? changed.reason : undefined;
    expect(reason instanceof HubError ? reason.kind : 'none').toMatch(/^(none|not_found|version_conflict)$/);
    expect(await bench.hub.gitProviders.list('ada')).toEqual([]);
    expect(await bench.rows('connections')).toBe('[]');
  });

  it('is in the trail, with how many lost their connection', async () => {
    await bench.signIn('ada', id);
    await bench.hub.gitProviders.remove(administrator, id, { name: 'Forge' });
    const event = await bench.store.database
      .selectFrom('audit_events')
      .selectAll()
      .where('action', '=', 'git_provider.deleted')
      .executeTakeFirstOrThrow();
    expect(event).toMatchObject({ person_id: 'administrator', git_provider_id: id });
    expect(JSON.parse(event.details)).toEqual({ name: 'Forge', type: 'fake', connections: 1 });
  });
});

/** In which tables an id stands anywhere. */
async function tablesWith(bench: ChangesBench, id: string): Promise<readonly string[]> {
  const { database } = bench.store;
  const found: string[] = [];
  for (const { schema, name } of await database.introspection.getTables()) {
    const table = schema === undefined ? sql.id(name) : sql.id(schema, name);
    const { rows } = await sql`select * from ${table}`.execute(database);
    if (JSON.stringify(rows).includes(id)) found.push(name);
  }
  return found.sort();
}
