import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PeopleServices } from '../../people/open-people.js';
import { browser, join as joinAs, openTestPeople, password, setUp } from '../../people/people.fixture.js';
import type { Resources } from '../../resources.js';
import { openTestResources } from '../../testing/test-store.js';

describe('two servers on one database', () => {
  let folder: string;
  let servers: readonly { readonly resources: Resources; readonly people: PeopleServices }[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    const open = async (name: string) => {
      const resources = await openTestResources(folder);
      // Each counts its own ids.
      const own = { ...resources, newId: () => `${name}-${resources.newId()}` };
      return { resources: own, people: await openTestPeople(own) };
    };
    servers = [await open('one'), await open('two')];
  });

  afterEach(async () => {
    for (const { resources } of servers) await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('have one first administrator, however many ask each of them at once', async () => {
    const visits = servers.flatMap(({ people }, server) =>
      Array.from({ length: 25 }, (_, visit) =>
        people.setUp.complete({ username: `root-${String(server)}-${String(visit)}`, password }, browser),
      ),
    );
    const refused = (await Promise.allSettled(visits)).filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(49);
    for (const { reason } of refused as readonly PromiseRejectedResult[])
      expect(reason).toMatchObject({ kind: 'already_set_up' });
    for (const { people } of servers) {
      expect(await people.people.list()).toHaveLength(1);
      expect(await people.setUp.status()).toMatchObject({ needed: false });
    }
  });

  it('never lose the last administrator, when each is asked to demote another', async () => {
    const [one, two] = servers.map(({ people }) => people);
    if (one === undefined || two === undefined) throw new Error('There are two.');
    const root = await setUp(one);
    const ada = await joinAs(one, root, 'ada', 'administrator');
    for (let round = 0; round < 10; round += 1) {
      const done = await Promise.allSettled([
        one.people.changeRole(root, ada.personId, 'member'),
        two.people.changeRole(ada, root.personId, 'member'),
      ]);
      expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const left = (await one.people.list()).filter(({ role }) => role === 'administrator');
      expect(left).toHaveLength(1);
      const kept = left[0]?.id === root.personId ? root : ada;
      for (const { personId } of [root, ada]) await two.people.changeRole(kept, personId, 'administrator');
    }
  });

  it('count attempts together', async () => {
    const [one, two] = servers.map(({ people }) => people);
    if (one === undefined || two === undefined) throw new Error('There are two.');
    await setUp(one);
    const guesses = Array.from({ length: 20 }, (_, guess) =>
      (guess % 2 === 0 ? one : two).authentication.signIn({ username: 'root', password: 'a wrong one' }, {}),
    );
    const refused = (await Promise.allSettled(guesses)) as readonly PromiseRejectedResult[];
    const kinds = refused.map(({ reason }) => (reason as { readonly kind: string }).kind);
    expect(kinds.filter((kind) => kind === 'wrong_credentials')).toHaveLength(5);
    expect(kinds.filter((kind) => kind === 'too_many_attempts')).toHaveLength(15);
  });

  it('know the sessions that the other started, and those that it ended', async () => {
    const [one, two] = servers.map(({ people }) => people);
    if (one === undefined || two === undefined) throw new Error('There are two.');
    const { session } = await one.setUp.complete({ username: 'root', password }, browser);
    const caller = await two.authentication.bySession(session.token);
    expect(caller).toMatchObject({ username: 'root' });
    if (caller !== undefined) await two.authentication.signOut(caller);
    expect(await one.authentication.bySession(session.token)).toBeUndefined();
  });
});
