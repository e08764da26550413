import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Hub } from '../hub.js';
import { fakeRepositories, FakeForge } from '../testing/fake-forge.js';
import { addProvider, gate, syncEnd, TestHubs } from '../testing/test-hub.js';
import type { Caller } from './caller.js';
import { callerOf, cheapHashing, join, password, setUp } from './people.fixture.js';

describe('a sign-in at a forge that is verified while its person goes', () => {
  let hubs: TestHubs;
  let hub: Hub;
  let root: Caller;
  let gitProviderId: string;
  let arrived: ReturnType<typeof gate>;
  let answer: ReturnType<typeof gate>;

  beforeEach(async () => {
    hubs = new TestHubs();
    arrived = gate();
    answer = gate();
    const forge = new FakeForge();
    forge.addAccount('token-of-ada', 'ada', fakeRepositories(2));
    forge.before = async ({ kind }) => {
      if (kind !== 'identity') return;
      arrived.open();
      await answer.opened;
    };
    hub = await hubs.open(forge, { passwordHashing: cheapHashing });
    gitProviderId = await addProvider(hub);
    root = await setUp(hub);
  });

  afterEach(() => hubs.cleanUp());

  const away: Readonly<Record<string, (caller: Caller) => Promise<unknown>>> = {
    'is deleted': (caller) => hub.people.delete(root, caller.personId),
    'has their password reset': (caller) => hub.people.resetPassword(root, caller.personId),
    'signs out': (caller) => hub.authentication.signOut(caller),
  };

  it.each(Object.keys(away))('is not kept when the person %s', async (what) => {
    const ada = await join(hub, root, 'ada');
    const signingIn = hub.connections.putToken(ada, gitProviderId, { token: 'token-of-ada' });
    const refused = expect(signingIn).rejects.toMatchObject({ kind: 'not_signed_in' });
    await arrived.opened;
    await away[what]?.(ada);
    answer.open();
    await refused;
    expect(await hub.connections.get(ada.personId, gitProviderId)).toBeNull();
  });

  it('is kept for whoever stays, with another session or an API token too', async () => {
    answer.open();
    const ada = await join(hub, root, 'ada');
    const again = await hub.authentication.signIn({ username: 'ada', password }, {});
    await hub.authentication.signOut(ada);
    const back = await callerOf(hub, again);
    const { token } = await hub.apiTokens.create(back, { name: 'CI', scopes: ['manage'] });
    const program = await hub.authentication.byApiToken(token);
    for (const caller of [back, program ?? back]) {
      await hub.connections.putToken(caller, gitProviderId, { token: 'token-of-ada' });
    }
    expect(await hub.connections.get(ada.personId, gitProviderId)).toMatchObject({ kind: 'token' });
  });
});

describe('whoever may no more what they were let in for', () => {
  let hubs: TestHubs;
  let hub: Hub;
  let root: Caller;
  let ada: Caller;
  let gitProviderId: string;
  let apiTokenId: string;

  beforeEach(async () => {
    hubs = new TestHubs();
    const forge = new FakeForge();
    forge.addAccount('token-of-root', 'root', fakeRepositories(2));
    hub = await hubs.open(forge, { passwordHashing: cheapHashing });
    gitProviderId = await addProvider(hub);
    root = await setUp(hub);
    ada = await join(hub, root, 'ada', 'administrator');
    apiTokenId = (await hub.apiTokens.create(ada, { name: 'CI', scopes: ['read'] })).apiToken.id;
  });

  afterEach(() => hubs.cleanUp());

  const own: Readonly<Record<string, () => Promise<unknown>>> = {
    'make an API token': () => hub.apiTokens.create(ada, { name: 'Another', scopes: ['manage'] }),
    'delete an API token': () => hub.apiTokens.delete(ada, apiTokenId),
    'change their account': () => hub.account.update(ada, { displayName: 'Ada' }),
    'end a session': () => hub.sessions.end(ada, ada.personId),
    'end their other sessions': () => hub.sessions.endOthers(ada),
  };
  const administrative: Readonly<Record<string, () => Promise<unknown>>> = {
    'invite somebody': () => hub.people.invite(ada, { username: 'eve', role: 'administrator' }),
    'make somebody administrator': () => hub.people.changeRole(ada, ada.personId, 'administrator'),
    'make somebody a member': () => hub.people.changeRole(ada, root.personId, 'member'),
    'reset a password': () => hub.people.resetPassword(ada, root.personId),
    'delete somebody': () => hub.people.delete(ada, root.personId),
    'begin a draft': () => hub.gitProviderDrafts.create(ada, { type: 'fake' }),
    'add a git provider': () =>
      hub.gitProviders.create(ada, { name: 'New', type: 'fake', config: { baseUrl: 'https://new.test' } }),
    'change a git provider': () => hub.gitProviders.update(ada, gitProviderId, { name: 'Renamed' }),
    'delete a git provider': () => hub.gitProviders.remove(ada, gitProviderId, { name: 'Forge' }),
    'clean up after its settings': () => hub.organizationSettings.cleanUp(ada, gitProviderId, 2),
  };
  /** Something for each of them to do. */
  const prepare = async (): Promise<void> => {
    const { syncId } = await hub.connections.putToken(root, gitProviderId, { token: 'token-of-root' });
    await syncEnd(hub, root.personId, syncId);
    await hub.gitProviders.update(root, gitProviderId, {
      organizations: [{ id: 'elsewhere', path: 'elsewhere' }],
    });
  };

  it.each([...Object.keys(own), ...Object.keys(administrative)])(
    'because their password was reset meanwhile, does not %s',
    async (what) => {
      await prepare();
      await hub.people.resetPassword(root, ada.personId);
      await expect({ ...own, ...administrative }[what]?.()).rejects.toMatchObject({ kind: 'not_signed_in' });
    },
  );

  it.each(Object.keys(administrative))('because they administrate no more, does not %s', async (what) => {
    await prepare();
    await hub.people.changeRole(root, ada.personId, 'member');
    await expect(administrative[what]?.()).rejects.toMatchObject({ kind: 'not_allowed' });
  });

  it.each(Object.keys(administrative))('is not whoever administrates: they %s', async (what) => {
    await prepare();
    await administrative[what]?.();
  });

  it('keeps no API token that they make while their password is reset', async () => {
    for (let round = 0; round < 5; round += 1) {
      const eve = await join(hub, root, `eve-${String(round)}`);
      const making = Array.from({ length: 8 }, (_, number) =>
        hub.apiTokens.create(eve, { name: String(number), scopes: ['manage'] }),
      );
      await Promise.allSettled([...making, hub.people.resetPassword(root, eve.personId)]);
      expect(await hub.apiTokens.list(eve.personId)).toEqual([]);
    }
  });
});
