import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Resources } from '../resources.js';
import type { TestClock } from '../testing/test-clock.js';
import { openTestResources } from '../testing/test-store.js';
import type { Caller } from './caller.js';
import type { PeopleServices } from './open-people.js';
import { PasswordHasher } from './password-hasher.js';
import {
  browser,
  callerOf,
  cheapHashing,
  join as joinAs,
  openTestPeople,
  password,
  setUp,
} from './people.fixture.js';

const minuteMs = 60_000;
const dayMs = 86_400_000;

describe('signing in', () => {
  let folder: string;
  let resources: Resources & { readonly clock: TestClock };
  let people: PeopleServices;
  let root: Caller;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
    people = await openTestPeople(resources);
    root = await setUp(people);
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  const signIn = (username = 'root', typed = password, from: object = browser) =>
    people.authentication.signIn({ username, password: typed }, from);
  const everything = async (): Promise<string> => {
    const { database } = resources.store;
    const tables = [
      'people',
      'sessions',
      'api_tokens',
      'password_links',
      'attempt_limits',
      'audit_events',
    ] as const;
    const rows = await Promise.all(tables.map((table) => database.selectFrom(table).selectAll().execute()));
    return JSON.stringify(rows);
  };

  it('opens a session for whoever knows the password, however the username is typed', async () => {
    const signedIn = await signIn(' ROOT ');
    expect(signedIn.person).toMatchObject({ username: 'root', lastSignedInAt: resources.clock.now() });
    expect(await callerOf(people, signedIn)).toMatchObject({ personId: root.personId, username: 'root' });
  });

  it('keeps neither the password nor the session token', async () => {
    const { session, recognition } = await signIn();
    expect(session.token).toMatch(/^[\w-]{43}$/);
    const kept = await everything();
    for (const secret of [session.token, password, recognition]) expect(kept).not.toContain(secret);
  });

  it('does not tell whether the username or the password is wrong, nor does the work it does', async () => {
    const verify = jest.spyOn(PasswordHasher.prototype, 'verify');
    const refusals = await Promise.allSettled([signIn('root', 'wrong'), signIn('nobody', 'wrong')]);
    const [wrongPassword, unknownUser] = refusals.map((answer) =>
      answer.status === 'rejected' ? String(answer.reason) : 'signed in',
    );
    expect(wrongPassword).toBe(unknownUser);
    expect(refusals[0]).toMatchObject({ reason: { kind: 'wrong_credentials', status: 401 } });
    expect(verify).toHaveBeenCalledTimes(2);
  });

  it('hashes as often for an unknown username as for a wrong password', async () => {
    const counts: number[] = [];
    for (const hash of [
      await new PasswordHasher({ ...cheapHashing, concurrency: 1 }, resources.clock).hash('x'),
      null,
    ]) {
      let hashed = 0;
      const count = <Result>(result: Result) => {
        hashed += 1;
        return Promise.resolve(result);
      };
      const hasher = new PasswordHasher({ ...cheapHashing, concurrency: 1 }, resources.clock, {
        hash: () => count('hash'),
        verify: () => count(false),
      });
      await hasher.verify(hash, 'wrong');
      counts.push(hashed);
    }
    expect(counts).toEqual([1, 1]);
  });

  it('is told to the person in the audit trail when it was refused', async () => {
    await expect(signIn('root', 'wrong password')).rejects.toThrow();
    const refused = await resources.store.database
      .selectFrom('audit_events')
      .selectAll()
      .where('action', '=', 'session.refused')
      .execute();
    expect(refused).toMatchObject([{ subject_id: root.personId, audience: 'nobody' }]);
  });

  it('is not possible before a password was chosen', async () => {
    await people.people.invite(root, { username: 'ada' });
    await expect(signIn('ada', '')).rejects.toMatchObject({ kind: 'wrong_credentials' });
  });

  it('makes the hash anew when parameters have grown, and keeps it when they have not', async () => {
    const hashNow = async () =>
      (await resources.store.database.selectFrom('people').select('password_hash').executeTakeFirst())
        ?.password_hash;
    const before = await hashNow();
    await signIn();
    expect(await hashNow()).toBe(before);
    people = await openTestPeople(resources, { passwordHashing: { ...cheapHashing, timeCost: 2 } });
    const { recognition } = await signIn();
    expect(await hashNow()).toContain('t=2');
    await signIn();
    // The browser stays known.
    for (let count = 0; count < 6; count += 1) await signIn('root', 'wrong', {}).catch(() => undefined);
    await signIn('root', password, { recognition });
  });

  it('ends the session that the browser had, so that no token outlives it', async () => {
    const first = await signIn();
    const second = await signIn('root', password, { ...browser, sessionToken: first.session.token });
    expect(second.session.token).not.toBe(first.session.token);
    expect(await people.authentication.bySession(first.session.token)).toBeUndefined();
    expect(await people.authentication.bySession(second.session.token)).toBeDefined();
  });

  it('never takes a token that a browser brings along', async () => {
    const planted = 'x'.repeat(43);
    await signIn('root', password, { ...browser, sessionToken: planted });
    expect(await people.authentication.bySession(planted)).toBeUndefined();
  });

  it('fails when the password is changed while it is compared', async () => {
    const { personId } = await joinAs(people, root, 'ada');
    const verify = jest.spyOn(PasswordHasher.prototype, 'verify').mockImplementationOnce(async () => {
      await people.people.resetPassword(root, personId);
      return true;
    });
    await expect(signIn('ada')).rejects.toMatchObject({ kind: 'wrong_credentials' });
    expect(verify).toHaveBeenCalledTimes(1);
    expect(
      await resources.store.database
        .selectFrom('sessions')
        .selectAll()
        .where('person_id', '=', personId)
        .execute(),
    ).toEqual([]);
  });

  describe('too often', () => {
    const guess = (from: object) => signIn('root', 'a wrong password', from).catch((error: unknown) => error);

    it('is refused for an account, from wherever, until the window ends', async () => {
      for (let count = 0; count < 5; count += 1)
        expect(await guess({ address: `192.0.2.${String(count)}` })).toMatchObject({
          kind: 'wrong_credentials',
        });
      await expect(signIn('root', password, { address: '198.51.100.1' })).rejects.toMatchObject({
        kind: 'too_many_attempts',
        status: 429,
        retryAt: new Date(resources.clock.now().getTime() + 15 * minuteMs),
      });
      resources.clock.advance(15 * minuteMs);
      await signIn('root', password, { address: '198.51.100.1' });
    });

    it('is refused for an address, whatever the account, and also where there is no such account', async () => {
      for (let count = 0; count < 8; count += 1)
        await expect(signIn(`user-${String(count)}`, 'x')).rejects.toMatchObject({
          kind: 'wrong_credentials',
        });
      await expect(signIn()).rejects.toMatchObject({ kind: 'too_many_attempts' });
      await signIn('root', password, { address: '198.51.100.1' });
    });

    it('keeps nobody out of a browser in which they have signed in before', async () => {
      const { recognition } = await signIn();
      for (let count = 0; count < 6; count += 1) await guess({ address: `192.0.2.${String(count)}` });
      await signIn('root', password, { ...browser, recognition });
      for (let count = 0; count < 3; count += 1) await guess({ ...browser, recognition });
      await expect(signIn('root', password, { ...browser, recognition })).rejects.toMatchObject({
        kind: 'too_many_attempts',
      });
    });

    it('is refused in such a browser too, however it presents what it is recognized by', async () => {
      const { recognition } = await signIn();
      for (let count = 0; count < 3; count += 1) await guess({ recognition });
      for (const variant of [`${recognition}.`, `${recognition}.1`, `${recognition}=`]) {
        expect(await guess({ ...browser, recognition: variant })).toMatchObject({
          kind: 'wrong_credentials',
        });
      }
      for (let count = 0; count < 2; count += 1)
        await guess({ ...browser, recognition: `.${String(count)}` });
      const variant = { ...browser, recognition: `${recognition}.2` };
      expect(await guess(variant)).toMatchObject({ kind: 'too_many_attempts' });
      expect(await guess({ recognition })).toMatchObject({ kind: 'too_many_attempts' });
    });

    it('is counted for everybody in a browser that was known before the password was changed', async () => {
      const { recognition } = await signIn();
      await people.account.changePassword(root, {
        currentPassword: password,
        newPassword: 'another good password',
      });
      for (let count = 0; count < 5; count += 1) await guess({ recognition });
      expect(await guess({ recognition })).toMatchObject({ kind: 'too_many_attempts' });
      resources.clock.advance(15 * minuteMs);
      const known = await signIn('root', 'another good password');
      for (let count = 0; count < 5; count += 1) await guess({});
      await signIn('root', 'another good password', { recognition: known.recognition });
    });

    it('costs an account nothing at an address that is refused already', async () => {
      for (let count = 0; count < 8; count += 1)
        await signIn(`user-${String(count)}`, 'x').catch(() => undefined);
      for (let count = 0; count < 20; count += 1)
        expect(await guess(browser)).toMatchObject({ kind: 'too_many_attempts' });
      await signIn('root', password, { address: '198.51.100.1' });
    });

    it('is not got around with what another account is recognized by', async () => {
      await joinAs(people, root, 'ada');
      const { recognition } = await signIn('ada');
      for (let count = 0; count < 5; count += 1) await guess({ recognition });
      expect(await guess({ recognition })).toMatchObject({ kind: 'too_many_attempts' });
      expect(await guess({ recognition: 'v1.made.up.!' })).toMatchObject({ kind: 'too_many_attempts' });
    });

    it('is nothing that succeeds: an office of people signs in from one address', async () => {
      for (let count = 0; count < 12; count += 1) await signIn();
    });
  });

  describe('a session', () => {
    it('ends when it is not used for a week', async () => {
      const { session } = await signIn();
      resources.clock.advance(7 * dayMs - 1);
      expect(await people.authentication.bySession(session.token)).toBeDefined();
      resources.clock.advance(7 * dayMs - 1);
      expect(await people.authentication.bySession(session.token)).toBeDefined();
      resources.clock.advance(7 * dayMs);
      expect(await people.authentication.bySession(session.token)).toBeUndefined();
    });

    it('ends when it is not used for a week, however often it is looked up with nobody there', async () => {
      const { session } = await signIn();
      for (let day = 1; day < 7; day += 1) {
        resources.clock.advance(dayMs);
        const caller = await people.authentication.bySession(session.token, { unattended: true });
        expect(caller).toBeDefined();
      }
      resources.clock.advance(dayMs);
      expect(await people.authentication.bySession(session.token)).toBeUndefined();
    });

    it('ends after thirty days however much it is used', async () => {
      const { session } = await signIn();
      for (let day = 1; day < 30; day += 1) {
        resources.clock.advance(dayMs);
        expect(await people.authentication.bySession(session.token)).toBeDefined();
      }
      resources.clock.advance(dayMs);
      expect(await people.authentication.bySession(session.token)).toBeUndefined();
    });

    it('writes down once a minute at most that it is used', async () => {
      const { session } = await signIn();
      const lastUsed = async () =>
        (
          await resources.store.database
            .selectFrom('sessions')
            .select('last_used_at')
            .where('id', '=', session.sessionId)
            .executeTakeFirstOrThrow()
        ).last_used_at;
      const start = await lastUsed();
      resources.clock.advance(minuteMs - 1);
      await people.authentication.bySession(session.token);
      expect(await lastUsed()).toBe(start);
      resources.clock.advance(1);
      await people.authentication.bySession(session.token);
      expect(await lastUsed()).toBe(start + minuteMs);
    });

    it('is listed with the one that asks, and ended singly or with all others', async () => {
      const here = await callerOf(people, await signIn('root', password, { userAgent: 'Here/1' }));
      await signIn('root', password, { userAgent: 'There/1' });
      const ada = await joinAs(people, root, 'ada');
      const listed = await people.sessions.list(here);
      expect(listed).toHaveLength(3);
      expect(listed.filter(({ current }) => current)).toMatchObject([{ userAgent: 'Here/1' }]);
      const there = listed.find(({ userAgent }) => userAgent === 'There/1')?.id ?? '';
      await expect(people.sessions.end(ada, there)).rejects.toMatchObject({ kind: 'not_found' });
      await people.sessions.end(here, there);
      expect(await people.sessions.list(here)).toHaveLength(2);
      expect(await people.sessions.endOthers(here)).toBe(1);
      expect(await people.sessions.list(here)).toMatchObject([{ current: true }]);
      expect(await people.sessions.list(ada)).toHaveLength(1);
    });

    it('ends when the person signs out', async () => {
      const signedIn = await signIn();
      await people.authentication.signOut(await callerOf(people, signedIn));
      expect(await people.authentication.bySession(signedIn.session.token)).toBeUndefined();
    });
  });

  describe('an API token', () => {
    it('authenticates its person within its scopes, is shown once, and kept as a hash', async () => {
      const { apiToken, token } = await people.apiTokens.create(root, {
        name: 'CI',
        scopes: ['git', 'read', 'git'],
      });
      expect(token).toMatch(/^anyforge_[\w-]{43}$/);
      expect(apiToken).toMatchObject({
        name: 'CI',
        scopes: ['read', 'git'],
        expiresAt: new Date(resources.clock.now().getTime() + 90 * dayMs),
      });
      expect(await people.authentication.byApiToken(token)).toEqual({
        personId: root.personId,
        username: 'root',
        role: 'administrator',
        via: { kind: 'api_token', tokenId: apiToken.id, scopes: ['read', 'git'] },
      });
      expect(await everything()).not.toContain(token);
      const listed = await people.apiTokens.list(root.personId);
      expect(listed).toMatchObject([{ name: 'CI', lastUsedAt: resources.clock.now() }]);
      expect(JSON.stringify(listed)).not.toContain('hash');
    });

    it('expires when its owner wants, by default in 90 days, and never only when asked for', async () => {
      const make = (name: string, expiresInDays?: number | null) =>
        people.apiTokens.create(root, { name, scopes: ['read'], expiresInDays });
      const tokens = await Promise.all([make('a'), make('b', 1), make('c', 365), make('d', null)]);
      const alive = async () =>
        (await Promise.all(tokens.map(({ token }) => people.authentication.byApiToken(token)))).map(
          (caller) => caller !== undefined,
        );
      resources.clock.advance(dayMs);
      expect(await alive()).toEqual([true, false, true, true]);
      resources.clock.advance(89 * dayMs);
      expect(await alive()).toEqual([false, false, true, true]);
      resources.clock.advance(1000 * dayMs);
      expect(await alive()).toEqual([false, false, false, true]);
    });

    it.each([
      [{ name: ' ', scopes: ['read'] }, 'name'],
      [{ name: 'x'.repeat(101), scopes: ['read'] }, 'name'],
      [{ name: 'x', scopes: [] }, 'scopes'],
      [{ name: 'x', scopes: ['read'], expiresInDays: 0 }, 'expiresInDays'],
      [{ name: 'x', scopes: ['read'], expiresInDays: 366 }, 'expiresInDays'],
      [{ name: 'x', scopes: ['read'], expiresInDays: 1.5 }, 'expiresInDays'],
    ] as const)('is refused where it makes no sense: %j', async (input, path) => {
      await expect(people.apiTokens.create(root, input)).rejects.toMatchObject({ issues: [{ path }] });
    });

    it('has a name of its own among those of its person', async () => {
      await people.apiTokens.create(root, { name: 'CI', scopes: ['read'] });
      await expect(people.apiTokens.create(root, { name: ' ci', scopes: ['read'] })).rejects.toMatchObject({
        kind: 'duplicate_name',
      });
      await people.apiTokens.create(await joinAs(people, root, 'ada'), { name: 'CI', scopes: ['read'] });
    });

    it('is deleted by its person, and by nobody else', async () => {
      const { apiToken, token } = await people.apiTokens.create(root, { name: 'CI', scopes: ['read'] });
      const ada = await joinAs(people, root, 'ada');
      await expect(people.apiTokens.delete(ada, apiToken.id)).rejects.toMatchObject({ kind: 'not_found' });
      expect(await people.apiTokens.list(ada.personId)).toEqual([]);
      await people.apiTokens.delete(root, apiToken.id);
      expect(await people.authentication.byApiToken(token)).toBeUndefined();
    });

    it('is no session token, and a session token is none', async () => {
      const { token } = await people.apiTokens.create(root, { name: 'CI', scopes: ['manage'] });
      const { session } = await signIn();
      expect(await people.authentication.bySession(token)).toBeUndefined();
      expect(await people.authentication.byApiToken(session.token)).toBeUndefined();
    });
  });
});
