import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { gate } from '../testing/test-hub.js';
import type { DraftBench } from './draft-bench.fixture.js';
import { ada, baseUrl, config, eve, openDraftBench } from './draft-bench.fixture.js';
import { draftLifetimeMs } from './draft-store.js';

const missing = { kind: 'not_found' };

describe('a draft', () => {
  let bench: DraftBench;
  beforeEach(async () => {
    bench = await openDraftBench();
  });
  afterEach(() => bench.hubs.cleanUp());

  it('shows what was typed without its secrets, and the redirect address that it will have', async () => {
    const draft = await bench.newDraft();
    expect(draft).toEqual({
      id: expect.any(String),
      type: 'fake',
      gitProviderId: expect.any(String),
      gitProviderVersion: undefined,
      redirectUrl: `http://localhost:4400/oauth/callback/${draft.gitProviderId}`,
      name: 'Forge',
      config: { baseUrl, oauth: { clientId: 'client' } },
      secretsSet: ['oauth.clientSecret'],
      secretsToRetype: [],
      organizations: [],
      patterns: [],
      syncPolicy: 'staged',
      schedule: null,
      revision: 1,
      signIn: null,
      createdAt: bench.hubs.clock.now(),
      updatedAt: bench.hubs.clock.now(),
      expiresAt: new Date(bench.hubs.clock.now().getTime() + draftLifetimeMs),
    });
    expect(await bench.drafts.get('ada', draft.id)).toEqual(draft);
  });

  it('is no git provider', async () => {
    await bench.newDraft();
    expect(await bench.hub.gitProviders.list('ada')).toEqual([]);
  });

  it('begins with the settings of the git provider that is to be changed', async () => {
    const { hub, drafts } = bench;
    const organizations = [{ id: '7', path: 'acme' }];
    const { id: gitProviderId } = await hub.gitProviders.create(ada, {
      name: 'Forge',
      type: 'fake',
      config,
      organizations,
      patterns: ['acme/*'],
      syncPolicy: 'revoke-first',
      schedule: { everyMinutes: 30 },
    });
    const values = { name: 'Other' };
    expect(await drafts.create(ada, { type: 'fake', gitProviderId, values })).toMatchObject({
      gitProviderId,
      gitProviderVersion: 1,
      name: 'Other',
      config: { baseUrl, oauth: { clientId: 'client' } },
      secretsSet: ['oauth.clientSecret'],
      organizations,
      patterns: ['acme/*'],
      syncPolicy: 'revoke-first',
      schedule: { everyMinutes: 30 },
    });
    await expect(drafts.create(ada, { type: 'other', gitProviderId })).rejects.toMatchObject({
      kind: 'unknown_provider_type',
    });
    await expect(drafts.create(ada, { type: 'fake', gitProviderId: 'nothing' })).rejects.toMatchObject(
      missing,
    );
  });

  it('is replaced by new values, but for secrets that are left empty', async () => {
    const { id } = await bench.newDraft({ name: 'Forge', config, patterns: ['acme/*'] });
    const typed = { baseUrl, oauth: { clientId: 'client', clientSecret: '' } };
    expect(await bench.drafts.update('ada', id, { name: 'Other', config: typed })).toMatchObject({
      name: 'Other',
      patterns: [],
      secretsSet: ['oauth.clientSecret'],
      revision: 2,
    });
  });

  it('keeps every change of two at a time, one after the other', async () => {
    const { id } = await bench.newDraft();
    const names = ['One', 'Two', 'Three'];
    const changed = await Promise.all(names.map((name) => bench.drafts.update('ada', id, { name, config })));
    expect(changed.map(({ revision }) => revision).sort()).toEqual([2, 3, 4]);
    const last = changed.find(({ revision }) => revision === 4);
    expect((await bench.drafts.get('ada', id)).name).toBe(last?.name);
  });

  it('is a stranger to everybody else', async () => {
    const { drafts } = bench;
    const { id } = await bench.newDraft();
    const asked: readonly (() => Promise<unknown>)[] = [
      () => drafts.get('eve', id),
      () => drafts.update('eve', id, { name: 'Hers' }),
      () => drafts.abandon('eve', id),
      () => drafts.oauthHelp('eve', id),
      () => drafts.tokenHelp('eve', id),
      () => bench.test(id, 'eve'),
      () => drafts.startSignIn(eve, id, {}),
      () => drafts.putToken('eve', id, { token: 'access-of-eve' }),
      () => drafts.organizations('eve', id),
      () => drafts.save(eve, id),
    ];
    for (const ask of asked) await expect(ask()).rejects.toMatchObject(missing);
    expect(await drafts.get('ada', id)).toMatchObject({ name: 'Forge', revision: 1, signIn: null });
  });

  it('tells how to register its OAuth application and make a token, where its values suffice', async () => {
    const { drafts } = bench;
    const { id, redirectUrl } = await bench.newDraft();
    expect(await drafts.oauthHelp('ada', id)).toMatchObject({
      registerUrl: 'https://forge.test/applications',
      fields: [{ value: redirectUrl }],
    });
    expect(await drafts.tokenHelp('ada', id)).toMatchObject({
      variants: [{ createUrl: 'https://forge.test/tokens' }],
    });
    const empty = await bench.newDraft({});
    const tooFew = { kind: 'invalid_input', issues: [{ path: 'config.baseUrl' }] };
    await expect(drafts.oauthHelp('ada', empty.id)).rejects.toMatchObject(tooFew);
    await expect(drafts.tokenHelp('ada', empty.id)).rejects.toMatchObject(tooFew);
    await expect(drafts.putToken('ada', empty.id, { token: 'x' })).rejects.toMatchObject(tooFew);
    await expect(drafts.startSignIn(ada, empty.id, {})).rejects.toMatchObject(tooFew);
  });

  it('is gone two hours after its last change, swept or not', async () => {
    const { drafts, hubs } = bench;
    const { id } = await bench.newDraft();
    hubs.clock.advance(draftLifetimeMs - 1);
    await drafts.update('ada', id, { name: 'Later', config });
    hubs.clock.advance(draftLifetimeMs - 1);
    expect(await drafts.get('ada', id)).toMatchObject({ name: 'Later' });
    hubs.clock.advance(1);
    await expect(drafts.get('ada', id)).rejects.toMatchObject(missing);
    await expect(drafts.save(ada, id)).rejects.toMatchObject(missing);
    await expect(bench.test(id)).rejects.toMatchObject(missing);
  });

  it('is all that a process leaves which dies before it is saved', async () => {
    const { hub, hubs } = bench;
    const { id } = await bench.newDraft();
    await bench.signIn(id);
    await hub.close();
    const after = await bench.reopen();
    expect(await after.gitProviders.list('ada')).toEqual([]);
    expect(await after.gitProviderDrafts.get('ada', id)).toMatchObject({
      signIn: { kind: 'oauth', usable: true },
    });
    hubs.clock.advance(draftLifetimeMs);
    await after.close();
    const later = await bench.reopen();
    await later.close();
    expect(bench.forge.oauth.revoked).toEqual(['access-of-ada']);
  });

  it('shows its secrets nowhere: not in answers, logs, lines of a test or files', async () => {
    const { hub, hubs, drafts } = bench;
    bench.forge.forge.accounts.set('canary-token', bench.accounts.ada);
    const draft = await bench.newDraft();
    const token = await drafts.putToken('ada', draft.id, { token: 'canary-token' });
    const lines = await bench.test(draft.id);
    const changed = await drafts.update('ada', draft.id, { config: { baseUrl: 'https://other.test' } });
    const told = [draft, token, lines, changed, await drafts.get('ada', draft.id), hubs.logger.lines, hub];
    expect(inspect(told, { depth: 20, showHidden: true })).not.toContain('canary');
    await hub.close();
    for (const file of await readdir(bench.dataDirectory)) {
      expect((await readFile(join(bench.dataDirectory, file))).includes('canary')).toBe(false);
    }
  });
});

describe('the sign-in of a draft', () => {
  let bench: DraftBench;
  beforeEach(async () => {
    bench = await openDraftBench();
  });
  afterEach(() => bench.hubs.cleanUp());

  it('is no connection', async () => {
    const { id } = await bench.newDraft();
    await bench.signIn(id);
    expect(await bench.drafts.get('ada', id)).toMatchObject({
      signIn: { kind: 'oauth', identity: { account: { username: 'ada' } }, usable: true },
    });
    await expect(bench.hub.syncs.start('ada')).rejects.toMatchObject({ kind: 'not_connected' });
  });

  it('is what organizations are asked for with, so none are shown without it', async () => {
    const { id } = await bench.newDraft();
    await expect(bench.drafts.organizations('ada', id)).rejects.toMatchObject({ kind: 'not_connected' });
  });

  it('can be made with a code that is typed elsewhere', async () => {
    const { id } = await bench.newDraft();
    const started = await bench.drafts.startSignIn(ada, id, { method: 'device' });
    expect(started).toMatchObject({ purpose: 'draft', draftId: id, device: { userCode: 'WDJB-MJHT' } });
  });

  it('is not kept when the address or the client was changed meanwhile, and is revoked', async () => {
    const { drafts, hub, forge } = bench;
    const { id, gitProviderId } = await bench.newDraft();
    const { id: signInId, authorizationUrl = '' } = await drafts.startSignIn(ada, id, {});
    const state = new URL(authorizationUrl).searchParams.get('state') ?? '';
    const finishing = gate();
    const held = gate();
    forge.oauth.beforeExchange = () => {
      finishing.open();
      return held.opened;
    };
    const search = `?${new URLSearchParams({ code: 'ada', state }).toString()}`;
    const finished = hub.signIns.finish(ada, { gitProviderId, search });
    await finishing.opened;
    await drafts.update('ada', id, { config: { baseUrl: 'https://other.test' } });
    held.open();
    await finished;
    expect(await hub.signIns.get('ada', signInId)).toMatchObject({
      state: 'failed',
      error: { kind: 'settings_changed' },
    });
    expect((await drafts.get('ada', id)).signIn).toBeNull();
    await hub.close();
    expect(forge.oauth.revoked).toEqual(['access-of-ada']);
  });

  it('is kept though the name was changed meanwhile', async () => {
    const { drafts, hub } = bench;
    const { id, gitProviderId } = await bench.newDraft();
    const { authorizationUrl = '' } = await drafts.startSignIn(ada, id, {});
    const state = new URL(authorizationUrl).searchParams.get('state') ?? '';
    await drafts.update('ada', id, { name: 'Other', config });
    const search = `?${new URLSearchParams({ code: 'ada', state }).toString()}`;
    await hub.signIns.finish(ada, { gitProviderId, search });
    expect((await drafts.get('ada', id)).signIn).toMatchObject({ kind: 'oauth' });
  });

  it('is revoked when another one takes its place', async () => {
    const { id } = await bench.newDraft();
    await bench.signIn(id);
    await bench.signIn(id, { code: 'eve' });
    expect(bench.forge.oauth.revoked).toEqual(['access-of-ada']);
    await bench.drafts.putToken('ada', id, { token: 'access-of-ada' });
    await bench.hub.close();
    expect(bench.forge.oauth.revoked).toEqual(['access-of-ada', 'access-of-eve']);
  });

  it('is revoked when the draft is abandoned, where it was given, and with it what was under way ends', async () => {
    const { drafts, hub, forge } = bench;
    const { id, gitProviderId } = await bench.newDraft();
    await bench.signIn(id);
    const { id: signInId, authorizationUrl = '' } = await drafts.startSignIn(ada, id, {});
    await drafts.update('ada', id, { config: { baseUrl: 'https://other.test' } });
    await drafts.abandon('ada', id);
    await expect(drafts.get('ada', id)).rejects.toMatchObject(missing);
    await expect(drafts.abandon('ada', id)).rejects.toMatchObject(missing);
    expect(await hub.signIns.get('ada', signInId)).toMatchObject({ state: 'cancelled' });
    const state = new URL(authorizationUrl).searchParams.get('state') ?? '';
    const search = `?${new URLSearchParams({ code: 'eve', state }).toString()}`;
    await hub.signIns.finish(ada, { gitProviderId, search });
    await hub.close();
    expect(forge.oauth.revoked).toEqual(['access-of-ada']);
    expect(forge.oauth.exchanged).toEqual(['ada']);
    expect(forge.asked.filter(({ what }) => what === 'revoke')).toEqual([
      { what: 'revoke', at: baseUrl, secret: 'canary-client-secret' },
    ]);
  });

  it('is revoked when the draft has expired, though nobody ever comes back', async () => {
    const { id } = await bench.newDraft();
    await bench.signIn(id);
    bench.hubs.clock.advance(draftLifetimeMs);
    await bench.hub.close();
    expect(bench.forge.oauth.revoked).toEqual(['access-of-ada']);
  });

  it('is revoked with an expired draft also while it waits for its account to be named', async () => {
    const { forge, hubs } = bench;
    const { id } = await bench.newDraft();
    await bench.hub.close();
    hubs.clock.advance(draftLifetimeMs - 60_000);
    const hub = await bench.reopen();
    const { id: signInId } = await hub.gitProviderDrafts.startSignIn(ada, id, { method: 'device' });
    forge.oauth.typed = 'ada';
    hubs.clock.advance(forge.oauth.intervalMs);
    expect(await hub.signIns.get('ada', signInId)).toMatchObject({ state: 'awaiting_confirmation' });
    hubs.clock.advance(7 * 60_000);
    await hub.close();
    expect(forge.oauth.revoked).toEqual(['access-of-ada']);
  });

  it('of a person with a token of their own stays theirs', async () => {
    const { id } = await bench.newDraft();
    await bench.drafts.putToken('ada', id, { token: 'access-of-ada' });
    await bench.drafts.abandon('ada', id);
    await bench.hub.close();
    expect(bench.forge.oauth.revoked).toEqual([]);
  });
});
