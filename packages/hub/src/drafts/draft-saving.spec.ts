import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { syncEnd, visiblePaths } from '../testing/test-hub.js';
import type { DraftBench } from './draft-bench.fixture.js';
import { ada, baseUrl, config, eve, openDraftBench, statuses } from './draft-bench.fixture.js';

describe('a draft that is saved', () => {
  let bench: DraftBench;
  beforeEach(async () => {
    bench = await openDraftBench();
  });
  afterEach(() => bench.hubs.cleanUp());

  async function addForge(settings: object = config): Promise<string> {
    const input = { name: 'Forge', type: 'fake', config: settings };
    return (await bench.hub.gitProviders.create(ada, input)).id;
  }

  it('becomes the git provider that it was going to be, and its sign-in a connection that is synchronized', async () => {
    const { hub, drafts } = bench;
    const draft = await bench.newDraft({ name: ' Forge ', config, patterns: ['acme/*'] });
    await bench.signIn(draft.id);
    const saved = await drafts.save(ada, draft.id);
    expect(saved).toMatchObject({
      gitProvider: {
        id: draft.gitProviderId,
        name: 'Forge',
        secretsSet: ['oauth.clientSecret'],
        patterns: ['acme/*'],
        version: 1,
      },
      connection: { kind: 'oauth', account: { username: 'ada' } },
      signIn: 'connected',
    });
    expect(await syncEnd(hub, 'ada', saved.syncId ?? '')).toMatchObject({ state: 'succeeded' });
    expect(await visiblePaths(hub, 'ada')).toHaveLength(3);
    await expect(drafts.get('ada', draft.id)).rejects.toMatchObject({ kind: 'not_found' });
    expect(bench.forge.oauth.revoked).toEqual([]);
    const { items } = await hub.audit.list(ada, { limit: 10 });
    expect(items.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['git_provider.created', 'connection.signed_in']),
    );
  });

  it('says that nobody has signed in', async () => {
    const { id } = await bench.newDraft();
    expect(await bench.drafts.save(ada, id)).toMatchObject({ connection: null, signIn: 'none' });
  });

  it('takes a token for a connection once a test has asked whose it is', async () => {
    const { drafts } = bench;
    const untested = await bench.newDraft();
    await drafts.putToken('ada', untested.id, { token: 'access-of-ada' });
    expect(await drafts.save(ada, untested.id)).toMatchObject({ connection: null, signIn: 'untested' });

    const tested = await bench.newDraft({ name: 'Other', config });
    await drafts.putToken('ada', tested.id, { token: 'access-of-ada' });
    expect(statuses(await bench.test(tested.id))).toMatchObject({ identity: 'passed' });
    expect(await drafts.save(ada, tested.id)).toMatchObject({
      connection: { kind: 'token', account: { username: 'ada' } },
      signIn: 'connected',
    });
  });

  it('makes no connection of a sign-in that a test has found refused', async () => {
    const { id } = await bench.newDraft();
    await bench.signIn(id);
    bench.forge.forge.accounts.delete('access-of-ada');
    expect(statuses(await bench.test(id))).toMatchObject({ identity: 'failed' });
    expect(await bench.drafts.save(ada, id)).toMatchObject({ connection: null, signIn: 'untested' });
  });

  it('makes no connection of a sign-in at another address: that is revoked where it was made', async () => {
    const { hub, drafts, forge } = bench;
    const { id } = await bench.newDraft();
    await bench.signIn(id);
    await drafts.update('ada', id, { name: 'Forge', config: { baseUrl: 'https://other.test' } });
    expect(await drafts.save(ada, id)).toMatchObject({ connection: null, signIn: 'outdated' });
    await hub.close();
    expect(forge.asked.filter(({ what }) => what === 'revoke')).toEqual([
      { what: 'revoke', at: baseUrl, secret: 'canary-client-secret' },
    ]);
  });

  it('is saved once, however often and at how many places at a time', async () => {
    const { hub, drafts } = bench;
    const { id } = await bench.newDraft();
    await bench.signIn(id);
    const settled = await Promise.allSettled([1, 2, 3].map(() => drafts.save(ada, id)));
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(settled.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { kind: 'not_found' },
    });
    expect(await hub.gitProviders.list('ada')).toHaveLength(1);
    await expect(drafts.save(ada, id)).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('names every value that is missing or wrong, and stays', async () => {
    const { drafts } = bench;
    const { id } = await bench.newDraft({});
    await expect(drafts.save(ada, id)).rejects.toMatchObject({
      kind: 'invalid_input',
      issues: [{ path: 'name' }, { path: 'config.baseUrl' }],
    });
    expect(await drafts.get('ada', id)).toMatchObject({ id });
  });

  it('stays with its sign-in when its name is taken', async () => {
    const { hub, drafts, forge } = bench;
    await addForge();
    const { id } = await bench.newDraft();
    await bench.signIn(id);
    await expect(drafts.save(ada, id)).rejects.toMatchObject({ kind: 'duplicate_name' });
    expect(await drafts.get('ada', id)).toMatchObject({ signIn: { usable: true } });
    await hub.close();
    expect(forge.oauth.revoked).toEqual([]);
  });

  it('changes a git provider, whose secrets stay what they are', async () => {
    const { hub, drafts } = bench;
    const gitProviderId = await addForge();
    const { id } = await drafts.create(ada, { type: 'fake', gitProviderId });
    await drafts.update('ada', id, { name: 'Other', config: { baseUrl, oauth: { clientId: 'client' } } });
    expect(await drafts.save(ada, id)).toMatchObject({
      gitProvider: { id: gitProviderId, name: 'Other', version: 2, secretsSet: ['oauth.clientSecret'] },
    });
    const { items } = await hub.audit.list(ada, { limit: 10 });
    expect(items.find(({ action }) => action === 'git_provider.updated')).toMatchObject({
      details: { changed: ['name'] },
    });
  });

  it('removes a secret that was removed in it', async () => {
    const { drafts } = bench;
    const gitProviderId = await addForge();
    const { id } = await drafts.create(ada, { type: 'fake', gitProviderId });
    const typed = { baseUrl, oauth: { clientId: 'client', clientSecret: null } };
    await drafts.update('ada', id, { name: 'Forge', config: typed });
    expect(await drafts.save(ada, id)).toMatchObject({ gitProvider: { secretsSet: [] } });
  });

  it('demands a secret again that was given for another address', async () => {
    const { drafts } = bench;
    const gitProviderId = await addForge();
    const { id } = await drafts.create(ada, { type: 'fake', gitProviderId });
    const moved = { baseUrl: 'https://other.test', oauth: { clientId: 'client' } };
    await drafts.update('ada', id, { name: 'Forge', config: moved });
    await expect(drafts.save(ada, id)).rejects.toMatchObject({
      kind: 'invalid_input',
      issues: [{ path: 'config.oauth.clientSecret' }],
    });
  });

  it('changes nothing that somebody else has changed, unless told to', async () => {
    const { hub, drafts } = bench;
    const gitProviderId = await addForge();
    const { id } = await drafts.create(ada, { type: 'fake', gitProviderId, values: { name: 'Hers' } });
    await hub.gitProviders.update(eve, gitProviderId, { name: 'His' }, { version: 1 });
    await expect(drafts.save(ada, id)).rejects.toMatchObject({ kind: 'version_conflict', status: 412 });
    expect(await hub.gitProviders.get('ada', gitProviderId)).toMatchObject({ name: 'His' });
    expect(await drafts.save(ada, id, { version: 2 })).toMatchObject({
      gitProvider: { name: 'Hers', version: 3 },
    });
  });

  it('parks the connections of others once their number is confirmed, and keeps its own sign-in', async () => {
    const { hub, drafts } = bench;
    const gitProviderId = await addForge();
    await hub.connections.putToken(eve, gitProviderId, { token: 'access-of-eve' });
    const { id } = await drafts.create(ada, { type: 'fake', gitProviderId });
    const moved = { baseUrl: 'https://other.test', oauth: { clientId: 'client', clientSecret: 'new' } };
    await drafts.update('ada', id, { name: 'Forge', config: moved });
    await bench.signIn(id);
    await expect(drafts.save(ada, id)).rejects.toMatchObject({ kind: 'parks_connections', count: 1 });
    const saved = await drafts.save(ada, id, { parks: 1 });
    expect(saved).toMatchObject({ signIn: 'connected', gitProvider: { version: 2 } });
    expect(saved.connection?.needsAttention).toBeUndefined();
    expect((await hub.connections.get('eve', gitProviderId))?.needsAttention).toBeDefined();
  });

  it('is not saved when the git provider was removed', async () => {
    const { hub, drafts } = bench;
    const gitProviderId = await addForge();
    const { id } = await drafts.create(ada, { type: 'fake', gitProviderId });
    await hub.gitProviders.remove(ada, gitProviderId, { name: 'Forge' });
    await expect(drafts.save(ada, id)).rejects.toMatchObject({ kind: 'not_found' });
  });
});
