import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fakeRepository } from '../testing/fake-forge.js';
import { gate, syncEnd, syncWhen, visiblePaths } from '../testing/test-hub.js';
import { administrator, ChangesBench } from './changes-bench.fixture.js';
import type { GitProviderChange } from './proposal.js';

const address = 'https://forge.test';
const elsewhere = 'https://evil.test';
const oauth = { clientId: 'client', clientSecret: 'canary-client-secret' };

describe('a git provider that is changed', () => {
  let bench: ChangesBench;

  beforeEach(async () => {
    bench = await ChangesBench.open();
  });

  afterEach(() => bench.close());

  it('takes what is given and keeps the rest, secrets included', async () => {
    const id = await bench.add({ baseUrl: address, oauth });
    const changed = await bench.hub.gitProviders.update(administrator, id, {
      name: ' Renamed ',
      patterns: ['acme/**'],
    });
    expect(changed).toMatchObject({
      id,
      name: 'Renamed',
      version: 2,
      config: { baseUrl: address, oauth: { clientId: 'client' } },
      secretsSet: ['oauth.clientSecret'],
      patterns: ['acme/**'],
      organizations: [],
      restricted: true,
    });
    expect(JSON.stringify(changed)).not.toContain('canary');
  });

  it('is what one of two administrators saved, and the other is told', async () => {
    const id = await bench.add();
    const saves = ['One', 'Two', 'Three'].map((name) =>
      bench.hub.gitProviders.update(administrator, id, { name }, { version: 1 }),
    );
    const settled = await Promise.allSettled(saves);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of settled) {
      if (outcome.status === 'rejected') {
        expect(outcome.reason).toMatchObject({ kind: 'version_conflict', status: 412 });
      }
    }
    expect((await bench.hub.gitProviders.get('ada', id)).version).toBe(2);
  });

  it('never gets the name of another, whoever is first', async () => {
    const ids = [await bench.add(undefined, 'One'), await bench.add(undefined, 'Two')];
    const settled = await Promise.allSettled(
      ids.map((id) => bench.hub.gitProviders.update(administrator, id, { name: 'WANTED' })),
    );
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [loser] = settled.filter((outcome) => outcome.status === 'rejected');
    expect(loser?.reason).toMatchObject({ kind: 'duplicate_name', status: 409 });
  });

  it('is not found when it does not exist', async () => {
    await expect(bench.hub.gitProviders.update(administrator, 'nothing', {})).rejects.toMatchObject({
      kind: 'not_found',
    });
  });

  describe('to another address', () => {
    it('asks first, with the number of connections that it parks, and a wrong number is asked again', async () => {
      const id = await bench.add();
      await bench.signIn('ada', id);
      await bench.signIn('bob', id);
      for (const parks of [undefined, 0, 1, 3]) {
        await expect(
          bench.hub.gitProviders.update(administrator, id, { config: { baseUrl: elsewhere } }, { parks }),
        ).rejects.toMatchObject({ kind: 'parks_connections', status: 409, count: 2 });
      }
      expect(await bench.hub.gitProviders.get('ada', id)).toMatchObject({
        version: 1,
        config: { baseUrl: address },
      });
      expect(await visiblePaths(bench.hub, 'ada')).toHaveLength(3);
    });

    it('sends nobody’s token there, hides what was listed, and says what to do', async () => {
      const id = await bench.add();
      await bench.signIn('ada', id);
      await bench.hub.gitProviders.update(
        administrator,
        id,
        { config: { baseUrl: elsewhere } },
        { parks: 1 },
      );
      const { connection } = await bench.hub.gitProviders.get('ada', id);
      expect(connection?.needsAttention?.reason).toMatch(/address.*changed after you signed in/);
      expect(connection?.visible).toBeUndefined();
      expect(await visiblePaths(bench.hub, 'ada')).toEqual([]);
      expect(await bench.rows('repositories')).toBe('[]');
      expect(await bench.sync('ada')).toBe('failed');
      expect(bench.forge.sent.map(({ baseUrl }) => baseUrl)).not.toContain(elsewhere);
    });

    it('takes for its own what is signed in to there, and nothing that another host has called the same', async () => {
      const id = await bench.add();
      await bench.signIn('ada', id);
      await bench.signIn('bob', id);
      await bench.hub.gitProviders.update(
        administrator,
        id,
        { config: { baseUrl: elsewhere } },
        { parks: 2 },
      );
      bench.ada.repositories = [fakeRepository('1', { path: 'others/thing' })];
      await bench.signIn('ada', id);
      expect(await visiblePaths(bench.hub, 'ada')).toEqual(['others/thing']);
      expect(await visiblePaths(bench.hub, 'bob')).toEqual([]);
    });

    it('is made good by going back, without anybody signing in again', async () => {
      const id = await bench.add();
      await bench.signIn('ada', id);
      const to = (baseUrl: string, parks?: number) =>
        bench.hub.gitProviders.update(administrator, id, { config: { baseUrl } }, { parks });
      await to(elsewhere, 1);
      await to(address);
      expect((await bench.hub.gitProviders.get('ada', id)).connection?.needsAttention).toBeUndefined();
      expect(await bench.sync('ada')).toBe('succeeded');
      expect(await visiblePaths(bench.hub, 'ada')).toHaveLength(3);
    });

    it('needs nobody’s leave when nobody is signed in', async () => {
      const id = await bench.add();
      const changed = await bench.hub.gitProviders.update(administrator, id, {
        config: { baseUrl: elsewhere },
      });
      expect(changed.version).toBe(2);
    });

    it('binds the sign-ins of a time when bindings were not kept to what stood there until then', async () => {
      const id = await bench.add();
      await bench.signIn('ada', id);
      await bench.store.database.updateTable('connections').set({ bound_to: '' }).execute();
      await bench.hub.gitProviders.update(
        administrator,
        id,
        { config: { baseUrl: elsewhere } },
        { parks: 1 },
      );
      expect(await bench.sync('ada')).toBe('failed');
      expect(bench.forge.sent.map(({ baseUrl }) => baseUrl)).not.toContain(elsewhere);
    });

    it('ends the sync that runs there, with the reason, and lets it write nothing more', async () => {
      const id = await bench.add();
      await bench.signIn('ada', id);
      const asked = gate();
      const answered = gate();
      bench.forge.before = ({ kind }) => {
        if (kind !== 'page') return;
        asked.open();
        return answered.opened;
      };
      const { id: syncId } = await bench.hub.syncs.start('ada');
      await asked.opened;
      await bench.hub.gitProviders.update(
        administrator,
        id,
        { config: { baseUrl: elsewhere } },
        { parks: 1 },
      );
      const ended = await syncEnd(bench.hub, 'ada', syncId);
      answered.open();
      expect(ended).toMatchObject({
        state: 'failed',
        tasks: [{ error: { kind: 'grant_expired', repair: { text: 'Sign in again.' } } }],
      });
      expect(await bench.sync('ada')).toBe('failed');
      expect(await visiblePaths(bench.hub, 'ada')).toEqual([]);
      expect(await bench.rows('repositories')).toBe('[]');
    });
  });

  describe('to another OAuth client', () => {
    it('parks those who signed in with it, keeps their lists, and leaves tokens alone', async () => {
      const id = await bench.add({ baseUrl: address, oauth });
      await bench.signIn('ada', id);
      await bench.signIn('bob', id);
      await makeOAuth(bench, 'bob');
      const config = { baseUrl: address, oauth: { clientId: 'other', clientSecret: 'canary-other' } };
      await expect(bench.hub.gitProviders.update(administrator, id, { config })).rejects.toMatchObject({
        kind: 'parks_connections',
        count: 1,
      });
      await bench.hub.gitProviders.update(administrator, id, { config }, { parks: 1 });
      const ofBob = await bench.hub.gitProviders.get('bob', id);
      expect(ofBob.connection?.needsAttention?.reason).toContain('OAuth application');
      expect(ofBob.connection?.visible).toBeDefined();
      expect(await visiblePaths(bench.hub, 'bob')).toHaveLength(2);
      expect(await bench.sync('bob')).toBe('failed');
      expect(await visiblePaths(bench.hub, 'bob')).toHaveLength(2);
      expect((await bench.hub.gitProviders.get('ada', id)).connection?.needsAttention).toBeUndefined();
      expect(await bench.sync('ada')).toBe('succeeded');
    });

    it('parks them, too, when there is none any more', async () => {
      const id = await bench.add({ baseUrl: address, oauth });
      await bench.signIn('bob', id);
      await makeOAuth(bench, 'bob');
      const changed = await bench.hub.gitProviders.update(
        administrator,
        id,
        { config: { baseUrl: address } },
        { parks: 1 },
      );
      expect(changed.secretsSet).toEqual([]);
      expect(await bench.rows('git_providers')).not.toContain('client');
    });
  });

  it('starts the syncs that run anew, with the new settings, and whoever waits for them sees them succeed', async () => {
    const id = await bench.add();
    await bench.signIn('ada', id);
    const asked = gate();
    const answered = gate();
    bench.forge.before = ({ kind }) => {
      if (kind !== 'page') return;
      asked.open();
      return answered.opened;
    };
    const { id: syncId } = await bench.hub.syncs.start('ada');
    await asked.opened;
    await bench.hub.gitProviders.update(administrator, id, { patterns: ['acme/**'] });
    answered.open();
    expect((await syncEnd(bench.hub, 'ada', syncId)).state).toBe('succeeded');
    expect(await visiblePaths(bench.hub, 'ada')).toEqual(['acme/platform/api', 'acme/web']);
  });

  it.each<[string, GitProviderChange, number | undefined]>([
    ['nothing is given', {}, undefined],
    ['only a number of connections is confirmed', {}, 3],
    [
      'everything is given as it is',
      { name: 'Forge', config: { baseUrl: address, oauth: { clientId: 'client' } }, patterns: [] },
      undefined,
    ],
  ])('stays as it is, and its syncs go on, where %s', async (_, change, parks) => {
    const id = await bench.add({ baseUrl: address, oauth });
    bench.forge.pageSize = 1;
    const asked = gate();
    const answered = gate();
    bench.forge.before = ({ kind }) => {
      if (kind !== 'page') return;
      asked.open();
      return answered.opened;
    };
    const signedIn = bench.signIn('ada', id);
    await asked.opened;
    const changed = await bench.hub.gitProviders.update(administrator, id, change, { parks });
    expect(changed.version).toBe(1);
    answered.open();
    await signedIn;
    expect(bench.forge.requests.filter(({ kind }) => kind === 'page')).toHaveLength(3);
    expect(
      (await bench.hub.audit.list({ ...administrator, role: 'administrator' }, { limit: 10 })).items.map(
        ({ action }) => action,
      ),
    ).toEqual(['git_provider.created']);
  });

  it('is another one when a secret is taken away, which the trail tells', async () => {
    const id = await bench.add({ baseUrl: address, oauth });
    const config = { baseUrl: address, oauth: { clientId: 'client', clientSecret: null } };
    expect(await bench.hub.gitProviders.update(administrator, id, { config })).toMatchObject({
      version: 2,
      secretsSet: [],
    });
    const { items: events } = await bench.hub.audit.list(administrator, { limit: 10 });
    const event = events.find(({ action }) => action === 'git_provider.updated');
    expect(event?.details).toMatchObject({ changed: ['config.oauth.clientSecret'] });
  });

  it('takes the list away before the new one is confirmed where the policy says so', async () => {
    const id = await bench.add();
    await bench.signIn('ada', id);
    await bench.hub.gitProviders.update(administrator, id, { syncPolicy: 'revoke-first' });
    expect(await visiblePaths(bench.hub, 'ada')).toHaveLength(3);
    const asked = gate();
    const answered = gate();
    bench.forge.before = ({ page }) => {
      if (page === 0) return;
      asked.open();
      return answered.opened;
    };
    const { id: syncId } = await bench.hub.syncs.start('ada');
    await syncWhen(bench.hub, 'ada', syncId, ({ tasks }) => tasks[0]?.pages === 1);
    await asked.opened;
    expect(await visiblePaths(bench.hub, 'ada')).toHaveLength(2);
    expect((await bench.hub.gitProviders.get('ada', id)).connection?.visible).toBeUndefined();
    answered.open();
    await syncEnd(bench.hub, 'ada', syncId);
    expect(await visiblePaths(bench.hub, 'ada')).toHaveLength(3);
  });

  it('leaves a trace of who changed what, and none of a value that is secret', async () => {
    const id = await bench.add({ baseUrl: address, oauth });
    const organizations = [{ id: 'organization-1', path: 'acme' }];
    const config = { baseUrl: address, oauth: { ...oauth, clientSecret: 'canary-new' } };
    await bench.hub.gitProviders.update(administrator, id, { name: 'Renamed', config, organizations });
    const events = await bench.store.database
      .selectFrom('audit_events')
      .select(['action', 'person_id', 'git_provider_id', 'details'])
      .where('action', 'like', 'git_provider.%')
      .orderBy('id')
      .execute();
    expect(events.map(({ action }) => action).sort()).toEqual([
      'git_provider.created',
      'git_provider.organization_settings_changed',
      'git_provider.updated',
    ]);
    const updated = events.find(({ action }) => action === 'git_provider.updated');
    expect(updated).toMatchObject({ person_id: 'administrator', git_provider_id: id });
    expect(JSON.parse(updated?.details ?? '')).toEqual({
      name: 'Renamed',
      changed: ['name', 'organizations', 'config.oauth.clientSecret'],
      parkedConnections: 0,
    });
    expect(JSON.stringify(events)).not.toContain('canary');
  });
});

describe('the health of a git provider', () => {
  it('is told to administrators, in numbers, and to nobody else', async () => {
    const bench = await ChangesBench.open();
    const id = await bench.add();
    await bench.signIn('ada', id);
    await bench.signIn('bob', id);
    await bench.hub.gitProviders.update(administrator, id, { config: { baseUrl: elsewhere } }, { parks: 2 });
    await bench.signIn('ada', id);
    expect((await bench.hub.gitProviders.list('ada', 'administrator'))[0]?.health).toEqual({
      connections: 2,
      needAttention: 1,
      lastCompletedAt: expect.any(Date),
      rateBudgets: [],
    });
    const [forMembers] = await bench.hub.gitProviders.list('ada');
    expect(forMembers).not.toHaveProperty('health');
    expect(forMembers).not.toHaveProperty('organizations');
    expect(forMembers).not.toHaveProperty('patterns');
    await bench.close();
  });
});

async function makeOAuth(bench: ChangesBench, personId: string): Promise<void> {
  const { id } = await bench.store.database
    .selectFrom('connections')
    .select('id')
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow();
  await bench.store.database
    .updateTable('connections')
    .set({ kind: 'oauth', bound_to: '' })
    .where('id', '=', id)
    .execute();
}
