import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Resources } from '../resources.js';
import type { TestClock } from '../testing/test-clock.js';
import { addConnection, openTestResources } from '../testing/test-store.js';
import { browser, openTestPeople, password, setUp } from './people.fixture.js';

describe('the first visit', () => {
  let folder: string;
  let resources: Resources & { readonly clock: TestClock };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('makes the administrator and signs them in', async () => {
    const people = await openTestPeople(resources);
    expect(await people.setUp.status()).toEqual({ needed: true, codeRequired: false });
    const signedIn = await people.setUp.complete({ username: ' Root', password, displayName: 'R' }, browser);
    expect(signedIn.person).toMatchObject({ username: 'Root', displayName: 'R', role: 'administrator' });
    expect(await people.authentication.bySession(signedIn.session.token)).toMatchObject({
      personId: signedIn.person.id,
      role: 'administrator',
    });
    expect(await people.setUp.status()).toEqual({ needed: false, codeRequired: false });
  });

  it('makes one administrator, however many ask at once', async () => {
    const people = [await openTestPeople(resources), await openTestPeople(resources)] as const;
    const visits = Array.from({ length: 50 }, (_, visit) =>
      (visit % 2 === 0 ? people[0] : people[1]).setUp.complete(
        { username: `root-${String(visit)}`, password },
        browser,
      ),
    );
    const answers = await Promise.allSettled(visits);
    const refusals = answers.filter((answer) => answer.status === 'rejected');
    expect(refusals).toHaveLength(49);
    for (const { reason } of refusals) expect(reason).toMatchObject({ kind: 'already_set_up', status: 409 });
    expect(await people[0].people.list()).toHaveLength(1);
    expect(await resources.store.database.selectFrom('sessions').selectAll().execute()).toHaveLength(1);
  });

  it('refuses what can be no account, and is still needed then', async () => {
    const people = await openTestPeople(resources);
    await expect(
      people.setUp.complete({ username: 'a b', password: 'short' }, browser),
    ).rejects.toMatchObject({
      kind: 'invalid_input',
      issues: [{ path: 'username' }, { path: 'password' }],
    });
    expect(await people.setUp.status()).toMatchObject({ needed: true });
  });

  describe('when somebody of the name has an account already', () => {
    beforeEach(async () => {
      const now = resources.clock.now().getTime();
      const person = {
        id: 'ada',
        username: 'Ada',
        username_key: 'ada',
        display_name: null,
        role: 'member',
      } as const;
      const identity = { password_hash: null, issuer: 'https://issuer.test', subject: 'ada' };
      const times = { created_at: now, updated_at: now, last_signed_in_at: null };
      await resources.store.database
        .insertInto('people')
        .values({ ...person, ...identity, ...times })
        .execute();
    });

    it('says so, and is still needed', async () => {
      const people = await openTestPeople(resources);
      const visit = (username: string) => people.setUp.complete({ username, password }, browser);
      await expect(visit('ADA')).rejects.toMatchObject({ kind: 'duplicate_name', status: 409 });
      expect(await people.setUp.status()).toMatchObject({ needed: true });
      await visit('root');
    });

    it('keeps the server from starting with an administrator of that name', async () => {
      const administrator = { username: 'ada', password };
      const opening = openTestPeople(resources, { administrator });
      await expect(opening).rejects.toMatchObject({ kind: 'duplicate_name' });
    });
  });

  it('gives the first administrator what the earlier single person had', async () => {
    const { id } = await addConnection(resources, 'local');
    const { id: other } = await addConnection(resources, 'another');
    await resources.store.database
      .insertInto('syncs')
      .values({ id: 'sync', person_id: 'local', revision: 1, created_at: 1 })
      .execute();
    const { personId } = await setUp(await openTestPeople(resources));
    const owners = async (table: 'connections' | 'syncs') =>
      resources.store.database.selectFrom(table).select(['id', 'person_id']).orderBy('id').execute();
    expect(await owners('connections')).toEqual([
      { id: other, person_id: 'another' },
      { id, person_id: personId },
    ]);
    expect(await owners('syncs')).toEqual([{ id: 'sync', person_id: personId }]);
  });

  describe('where others get to the server', () => {
    it('takes the code that the server printed, and keeps only its hash', async () => {
      const people = await openTestPeople(resources, { setUpCodeRequired: true });
      const { code = '' } = people.setUp;
      expect(code).toMatch(/^[\w-]{22}$/);
      expect(await people.setUp.status()).toEqual({ needed: true, codeRequired: true });
      const kept = await resources.store.database.selectFrom('set_up_codes').selectAll().execute();
      expect(JSON.stringify(kept)).not.toContain(code);
      for (const wrong of [undefined, '', 'x'.repeat(22)]) {
        await expect(
          people.setUp.complete({ username: 'root', password, code: wrong }, browser),
        ).rejects.toMatchObject({ kind: 'wrong_set_up_code', status: 403 });
      }
      await people.setUp.complete({ username: 'root', password, code: ` ${code}\n` }, browser);
      expect(people.setUp.code).toBeUndefined();
      expect(await resources.store.database.selectFrom('set_up_codes').selectAll().execute()).toEqual([]);
    });

    it('takes the code of any of several servers, for a day', async () => {
      const [one, two] = await Promise.all([
        openTestPeople(resources, { setUpCodeRequired: true }),
        openTestPeople(resources, { setUpCodeRequired: true }),
      ]);
      expect(one.setUp.code).not.toBe(two.setUp.code);
      resources.clock.advance(24 * 3_600_000);
      const late = two.setUp.complete({ username: 'root', password, code: one.setUp.code }, browser);
      await expect(late).rejects.toMatchObject({ kind: 'wrong_set_up_code' });
      const three = await openTestPeople(resources, { setUpCodeRequired: true });
      await two.setUp.complete({ username: 'root', password, code: three.setUp.code }, browser);
    });

    it('lets nobody try codes without end', async () => {
      const people = await openTestPeople(resources, { setUpCodeRequired: true });
      const attempt = () => people.setUp.complete({ username: 'root', password, code: 'x' }, browser);
      for (let count = 0; count < 4; count += 1) await expect(attempt()).rejects.toThrow('set-up code');
      await expect(attempt()).rejects.toMatchObject({ kind: 'too_many_attempts' });
    });

    it('needs no code once there is an administrator', async () => {
      await setUp(await openTestPeople(resources));
      expect((await openTestPeople(resources, { setUpCodeRequired: true })).setUp.code).toBeUndefined();
    });
  });

  describe('without a visit', () => {
    const administrator = { username: 'operator', password };

    it('makes the administrator whom the operator names, once, on how many servers ever', async () => {
      await Promise.all(Array.from({ length: 8 }, () => openTestPeople(resources, { administrator })));
      const people = await openTestPeople(resources, { administrator: { ...administrator, username: 'b' } });
      expect(await people.people.list()).toMatchObject([{ username: 'operator', role: 'administrator' }]);
      expect(await people.setUp.status()).toMatchObject({ needed: false });
      await people.authentication.signIn(administrator, browser);
    });

    it('refuses to start with an administrator who can be none', async () => {
      const opening = openTestPeople(resources, { administrator: { username: 'root', password: 'short' } });
      await expect(opening).rejects.toMatchObject({ kind: 'invalid_input' });
    });
  });
});
