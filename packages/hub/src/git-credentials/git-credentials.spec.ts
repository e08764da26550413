import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AuditEventView } from '../audit/audit-events.js';
import type { Hub } from '../hub.js';
import { cheapHashing, setUp } from '../people/people.fixture.js';
import { callerOf, programOf } from '../testing/callers.js';
import { fakeRepositories, FakeForge } from '../testing/fake-forge.js';
import { addProvider, syncEnd, TestHubs } from '../testing/test-hub.js';
import { addConnection, openTestResources } from '../testing/test-store.js';
import { GitCredentials } from './git-credentials.js';
import { GitPlaces } from './git-places.js';

const ada = programOf('ada', ['git']);
const held = { kind: 'token', token: 'secret-of-ada' } as const;
const address = { protocol: 'https', host: 'forge.test', path: 'acme/repository-000001.git' };

describe('a git credential', () => {
  let hubs: TestHubs;
  let forge: FakeForge;
  let hub: Hub;
  let gitProviderId: string;

  beforeEach(async () => {
    hubs = new TestHubs();
    forge = new FakeForge();
    hub = await hubs.open(forge, { passwordHashing: cheapHashing });
    gitProviderId = await addProvider(hub);
  });

  afterEach(() => hubs.cleanUp());

  async function signIn(person: string): Promise<void> {
    const token = `secret-of-${person}`;
    forge.addAccount(token, person, fakeRepositories(2));
    const { syncId } = await hub.connections.putToken(callerOf(person), gitProviderId, { token });
    await syncEnd(hub, person, syncId);
  }

  async function issued(person: string): Promise<readonly AuditEventView[]> {
    const { items } = await hub.audit.list(callerOf(person), { limit: 200 });
    return items.filter(({ action }) => action === 'git_credential.issued');
  }

  it('is the person’s own', async () => {
    await signIn('ada');
    await signIn('grace');
    expect(await hub.gitCredentials.issue(ada, address)).toEqual({
      kind: 'basic',
      username: 'x-access-token',
      password: 'secret-of-ada',
    });
    expect(await hub.gitCredentials.issue(programOf('grace', ['git']), address)).toMatchObject({
      password: 'secret-of-grace',
    });
  });

  it('is written down with the address and the API token, and without itself', async () => {
    await signIn('ada');
    await hub.gitCredentials.issue(ada, address);
    const [event, ...others] = await issued('ada');
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      via: 'api_token',
      viaId: 'api-token-of-ada',
      gitProviderId,
      details: { host: 'forge.test', repository: 'acme/repository-000001', kind: 'basic' },
    });
    expect(JSON.stringify(await hub.audit.list(ada, { limit: 200 }))).not.toContain('secret-of-ada');
    expect(await issued('grace')).toEqual([]);
  });

  it('is written down without a path that is not in the person’s list, which might be anything', async () => {
    await signIn('ada');
    await hub.gitCredentials.issue(ada, { ...address, path: 'pasted-by-mistake' });
    expect((await issued('ada'))[0]?.details).toEqual({ host: 'forge.test', repository: '', kind: 'basic' });
  });

  it('is not handed out when it can not be written down', async () => {
    const resources = await openTestResources(await hubs.folder());
    await addConnection(resources, 'ada');
    const credentials = new GitCredentials({
      resources,
      places: new GitPlaces(resources, { get: () => forge.plugin.create({ baseUrl: 'https://forge.test' }) }),
      sessions: {
        open: () => Promise.resolve(forge.plugin.create({ baseUrl: 'https://forge.test' }).signIn(held)),
      },
      limits: { count: () => Promise.resolve() },
      audit: { record: () => Promise.reject(new Error('the disk is full')) },
    });
    await expect(credentials.issue(ada, address)).rejects.toThrow('the disk is full');
    await resources.store.close();
  });

  it('is for nobody who is not signed in there, and for no other address', async () => {
    await expect(hub.gitCredentials.issue(ada, address)).rejects.toMatchObject({ kind: 'not_connected' });
    await signIn('ada');
    await expect(hub.gitCredentials.issue(ada, { ...address, host: 'evil.test' })).rejects.toMatchObject({
      kind: 'no_git_provider',
    });
    expect(await issued('ada')).toEqual([]);
  });

  it('is refused when the sign-in needs attention, in words that say why', async () => {
    await signIn('ada');
    forge.accounts.delete('secret-of-ada');
    const { id } = await hub.syncs.start('ada');
    await syncEnd(hub, 'ada', id);
    await expect(hub.gitCredentials.issue(ada, address)).rejects.toMatchObject({
      kind: 'needs_attention',
      message: expect.stringContaining('The token is wrong or was revoked. Sign in again.'),
    });
  });

  it('is asked for so often a minute and no more, by each person', async () => {
    await signIn('ada');
    const asks = Array.from({ length: 300 }, () => hub.gitCredentials.issue(ada, address));
    await Promise.all(asks);
    await expect(hub.gitCredentials.issue(ada, address)).rejects.toMatchObject({
      kind: 'too_many_attempts',
    });
    await signIn('grace');
    await expect(hub.gitCredentials.issue(programOf('grace', ['git']), address)).resolves.toBeDefined();
  });

  it('is waited for no longer than whoever asks does', async () => {
    await signIn('ada');
    const reason = new Error('gone');
    await expect(hub.gitCredentials.issue(ada, address, { signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
    expect(await issued('ada')).toEqual([]);
  });

  it('is not handed out when the API token was deleted since it let somebody in', async () => {
    forge.addAccount('secret-of-ada', 'ada', fakeRepositories(2));
    const person = await setUp(hub);
    const { syncId } = await hub.connections.putToken(person, gitProviderId, { token: 'secret-of-ada' });
    await syncEnd(hub, person.personId, syncId);
    const { apiToken, token } = await hub.apiTokens.create(person, { name: 'git', scopes: ['git'] });
    const program = (await hub.authentication.byApiToken(token)) ?? ada;
    await expect(hub.gitCredentials.issue(program, address)).resolves.toMatchObject({ kind: 'basic' });

    await hub.apiTokens.delete(person, apiToken.id);
    await expect(hub.gitCredentials.issue(program, address)).rejects.toMatchObject({ kind: 'not_signed_in' });
  });
});
