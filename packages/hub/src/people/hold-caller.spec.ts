import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Hub } from '../hub.js';
import { fakeRepositories, FakeForge } from '../testing/fake-forge.js';
import { addProvider, gate, TestHubs } from '../testing/test-hub.js';
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
