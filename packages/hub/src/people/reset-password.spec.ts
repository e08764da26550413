import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Hub } from '../hub.js';
import { fakeRepositories, FakeForge } from '../testing/fake-forge.js';
import { databaseOf } from '../testing/test-database.js';
import { addProvider, TestHubs } from '../testing/test-hub.js';
import type { Caller } from './caller.js';
import { browser, cheapHashing, password, publicUrl, setUp } from './people.fixture.js';
import { resetPassword } from './reset-password.js';

describe('an operator who resets the password of the only administrator', () => {
  let hubs: TestHubs;
  let forge: FakeForge;
  let dataDirectory: string;
  let root: Caller;
  let gitProviderId: string;
  let token: string;

  const open = (): Promise<Hub> =>
    hubs.open(forge, { dataDirectory, publicUrl, passwordHashing: cheapHashing });
  const reset = async (username: string) => {
    const { clock, logger } = hubs;
    const database = await databaseOf(dataDirectory);
    return resetPassword({ dataDirectory, database, publicUrl, clock, logger }, username);
  };

  beforeEach(async () => {
    hubs = new TestHubs();
    dataDirectory = await hubs.folder();
    forge = new FakeForge();
    forge.addAccount('token', 'root', fakeRepositories(2));
    const hub = await open();
    gitProviderId = await addProvider(hub);
    root = await setUp(hub);
    ({ token } = await hub.apiTokens.create(root, { name: 'CI', scopes: ['manage'] }));
    await hub.connections.putToken(root, gitProviderId, { token: 'token' });
    await hub.close();
  });

  afterEach(() => hubs.cleanUp());

  it('gets a link with which they choose another, and are administrator as before', async () => {
    const { url, purpose } = await reset(' ROOT ');
    expect(purpose).toBe('reset');
    expect(url).toMatch(new RegExp(`^${publicUrl}/choose-password#[\\w-]{43}$`));
    const hub = await open();
    const signIn = (typed: string) =>
      hub.authentication.signIn({ username: 'root', password: typed }, browser);
    await expect(signIn(password)).rejects.toMatchObject({ kind: 'wrong_credentials' });
    const chosen = { token: new URL(url).hash.slice(1), password: 'another good password' };
    const { person } = await hub.welcome.choosePassword(chosen, browser);
    expect(person).toMatchObject({ id: root.personId, role: 'administrator' });
    await signIn('another good password');
  });

  it('gets to nothing that the administrator has at the forges, and is written down', async () => {
    await reset('root');
    const hub = await open();
    expect(await hub.authentication.byApiToken(token)).toBeUndefined();
    expect(await hub.connections.get(root.personId, gitProviderId)).toBeNull();
    const { items } = await hub.audit.list(root, { limit: 10 });
    expect(items).toContainEqual(
      expect.objectContaining({
        action: 'person.password_reset',
        details: { username: 'root', connections: 1, sessions: 1 },
      }),
    );
  });

  it('is told so when there is nobody of that name', async () => {
    await expect(reset('nobody')).rejects.toMatchObject({ kind: 'not_found' });
  });
});
