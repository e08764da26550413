import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Resources } from '../resources.js';
import type { TestClock } from '../testing/test-clock.js';
import { addConnection, openTestResources } from '../testing/test-store.js';
import type { Caller } from './caller.js';
import type { PeopleServices } from './open-people.js';
import {
  browser,
  callerOf,
  join as joinAs,
  openTestPeople,
  password,
  publicUrl,
  setUp,
  tokenOf,
} from './people.fixture.js';

const hourMs = 3_600_000;

describe('people', () => {
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
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  const choose = (token: string, chosen = password) =>
    people.welcome.choosePassword({ token, password: chosen }, browser);
  const signIn = (username: string, typed = password) =>
    people.authentication.signIn({ username, password: typed }, browser);

  /** A draft of somebody's, and a sign-in that has ended. */
  const addOthers = async (personId: string): Promise<void> => {
    const { database } = resources.store;
    const common = { person_id: personId, git_provider_id: 'provider', created_at: 1 };
    const draft = { type: 'fake', content: '', revision: 1, config_revision: 1, updated_at: 1 };
    await database
      .insertInto('git_provider_drafts')
      .values({ id: `draft-of-${personId}`, ...common, ...draft, expires_at: 1 })
      .execute();
    const signedIn = {
      purpose: 'connection',
      method: 'redirect',
      display: 'popup',
      state: 'succeeded',
    } as const;
    await database
      .insertInto('sign_ins')
      .values({
        id: `sign-in-of-${personId}`,
        ...common,
        ...signedIn,
        settings_version: 1,
        return_to: '/',
        expires_at: 1,
      })
      .execute();
  };

  describe('who are invited', () => {
    it('get a link at the public address that tells nothing to a server, and choose a password with it', async () => {
      const { person, link } = await people.people.invite(root, { username: 'Ada', displayName: 'Ada L.' });
      expect(person).toMatchObject({ username: 'Ada', role: 'member', status: 'awaiting_password' });
      expect(link.url).toMatch(new RegExp(`^${publicUrl}/choose-password#[\\w-]{43}$`));
      expect(link.expiresAt).toEqual(new Date(resources.clock.now().getTime() + 72 * hourMs));
      expect(await people.welcome.inspect(tokenOf({ link }), browser)).toEqual({
        purpose: 'invitation',
        username: 'Ada',
        expiresAt: link.expiresAt,
      });
      const caller = await callerOf(people, await choose(tokenOf({ link })));
      expect(caller).toMatchObject({ personId: person.id, role: 'member' });
      expect(await people.people.get(person.id)).toMatchObject({ status: 'active' });
      await signIn('ada');
    });

    it('use their link once, however many try at once', async () => {
      const token = tokenOf(await people.people.invite(root, { username: 'ada' }));
      const used = await Promise.allSettled(
        Array.from({ length: 10 }, (_, index) => choose(token, `${password} ${String(index)}`)),
      );
      expect(used.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      await expect(choose(token)).rejects.toMatchObject({ kind: 'link_expired', status: 410 });
      await expect(people.welcome.inspect(token, browser)).rejects.toMatchObject({ kind: 'link_expired' });
    });

    it('try no links without end', async () => {
      const tries = Array.from({ length: 19 }, () => () => people.welcome.inspect('made up', browser));
      for (const attempt of [...tries, () => choose('made up')]) {
        await expect(attempt()).rejects.toMatchObject({ kind: 'link_expired' });
      }
      const token = tokenOf(await people.people.invite(root, { username: 'ada' }));
      const refusal = { kind: 'too_many_attempts' };
      await expect(people.welcome.inspect(token, browser)).rejects.toMatchObject(refusal);
      await expect(choose(token)).rejects.toMatchObject(refusal);
      const elsewhere = { address: '198.51.100.1' };
      await people.welcome.choosePassword({ token, password }, elsewhere);
    });

    it('do not lose the link by choosing a bad password', async () => {
      const token = tokenOf(await people.people.invite(root, { username: 'ada' }));
      await expect(choose(token, 'short')).rejects.toMatchObject({ issues: [{ path: 'password' }] });
      await choose(token);
    });

    it('have 72 hours, and then another link, which replaces the first', async () => {
      const { person, link } = await people.people.invite(root, { username: 'ada' });
      resources.clock.advance(72 * hourMs);
      await expect(choose(tokenOf({ link }))).rejects.toMatchObject({ kind: 'link_expired' });
      const second = await people.people.resetPassword(root, person.id);
      expect(second.link.purpose).toBe('invitation');
      const third = await people.people.resetPassword(root, person.id);
      await expect(choose(tokenOf(second))).rejects.toMatchObject({ kind: 'link_expired' });
      await choose(tokenOf(third));
    });

    it('have a username of their own', async () => {
      await people.people.invite(root, { username: 'Ada' });
      await expect(people.people.invite(root, { username: 'ＡDA' })).rejects.toMatchObject({
        kind: 'duplicate_name',
        status: 409,
      });
      await expect(
        people.people.invite(root, { username: 'a b', displayName: '\u0007' }),
      ).rejects.toMatchObject({
        issues: [{ path: 'username' }, { path: 'displayName' }],
      });
    });

    it('have links of which only hashes are kept', async () => {
      const token = tokenOf(await people.people.invite(root, { username: 'ada' }));
      const rows = await resources.store.database.selectFrom('password_links').selectAll().execute();
      const events = await resources.store.database.selectFrom('audit_events').selectAll().execute();
      expect(JSON.stringify([rows, events])).not.toContain(token);
    });
  });

  describe('whose password an administrator resets', () => {
    it('lose it, their sessions, API tokens, connections and drafts, and choose another within 24 hours', async () => {
      const ada = await joinAs(people, root, 'ada');
      const { token } = await people.apiTokens.create(ada, { name: 'CI', scopes: ['read'] });
      const signedIn = await signIn('ada');
      await addConnection(resources, ada.personId);
      await addConnection(resources, root.personId);
      for (const { personId } of [ada, root]) await addOthers(personId);

      const { link, person } = await people.people.resetPassword(root, ada.personId);
      expect(link).toMatchObject({
        purpose: 'reset',
        expiresAt: new Date(resources.clock.now().getTime() + 24 * hourMs),
      });
      expect(person.status).toBe('awaiting_password');
      expect(await people.authentication.bySession(signedIn.session.token)).toBeUndefined();
      expect(await people.authentication.byApiToken(token)).toBeUndefined();
      await expect(signIn('ada')).rejects.toMatchObject({ kind: 'wrong_credentials' });
      for (const table of ['connections', 'git_provider_drafts'] as const) {
        const left = await resources.store.database.selectFrom(table).select('person_id').execute();
        expect(left).toEqual([{ person_id: root.personId }]);
      }

      await choose(tokenOf({ link }), 'another good password');
      await signIn('ada', 'another good password');
    });

    it('are no people who sign in elsewhere', async () => {
      const ada = await joinAs(people, root, 'ada');
      await resources.store.database
        .updateTable('people')
        .set({ password_hash: null, issuer: 'https://issuer.test', subject: 'ada' })
        .where('id', '=', ada.personId)
        .execute();
      await expect(people.people.resetPassword(root, ada.personId)).rejects.toMatchObject({
        kind: 'not_allowed',
      });
    });

    it('are others: one changes one’s own password with the old one', async () => {
      await expect(people.people.resetPassword(root, root.personId)).rejects.toMatchObject({
        kind: 'not_allowed',
      });
    });
  });

  describe('who change their own password', () => {
    it('keep this session under another token, and no other', async () => {
      const here = await signIn('root');
      const there = await signIn('root');
      const caller = await callerOf(people, here);
      const renewed = await people.account.changePassword(caller, {
        currentPassword: password,
        newPassword: 'another good password',
      });
      expect(renewed.sessionId).toBe(here.session.sessionId);
      for (const { session } of [here, there])
        expect(await people.authentication.bySession(session.token)).toBeUndefined();
      expect(await people.authentication.bySession(renewed.token)).toEqual(caller);
      await expect(signIn('root')).rejects.toThrow();
      await signIn('root', 'another good password');
    });

    it('have to know the current one, within limits, and to choose a good one', async () => {
      const change = (currentPassword: string, newPassword: string) =>
        people.account.changePassword(root, { currentPassword, newPassword });
      await expect(change(password, 'short')).rejects.toMatchObject({ issues: [{ path: 'newPassword' }] });
      for (let count = 0; count < 3; count += 1)
        await expect(change('wrong', 'another good password')).rejects.toMatchObject({
          issues: [{ path: 'currentPassword' }],
        });
      await expect(change(password, 'another good password')).rejects.toMatchObject({
        kind: 'too_many_attempts',
      });
    });

    it('do so once when they do so twice at once', async () => {
      const changes = ['first', 'second'].map((word) =>
        people.account.changePassword(root, {
          currentPassword: password,
          newPassword: `the ${word} good password`,
        }),
      );
      const done = await Promise.allSettled(changes);
      expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it('do so in a browser', async () => {
      const { token } = await people.apiTokens.create(root, { name: 'CI', scopes: ['manage'] });
      const program = await people.authentication.byApiToken(token);
      await expect(
        people.account.changePassword(program ?? root, {
          currentPassword: password,
          newPassword: 'another good password',
        }),
      ).rejects.toMatchObject({ kind: 'not_allowed' });
    });
  });

  it('choose the name that is shown', async () => {
    expect(await people.account.update(root, { displayName: ' Root ' })).toMatchObject({
      displayName: 'Root',
    });
    expect(await people.account.update(root, {})).toMatchObject({ displayName: 'Root' });
    expect((await people.account.update(root, { displayName: null })).displayName).toBeUndefined();
    await expect(people.account.update(root, { displayName: 'a\nb' })).rejects.toMatchObject({
      kind: 'invalid_input',
    });
  });

  describe('who administrate', () => {
    const roles = async () => (await people.people.list()).map(({ username, role }) => `${username} ${role}`);

    it('are made by others who do, at once', async () => {
      const ada = await joinAs(people, root, 'ada');
      const { session } = await signIn('ada');
      await people.people.changeRole(root, ada.personId, 'administrator');
      expect(await people.authentication.bySession(session.token)).toMatchObject({ role: 'administrator' });
      await people.people.changeRole(root, ada.personId, 'administrator');
      const events = await resources.store.database
        .selectFrom('audit_events')
        .selectAll()
        .where('action', '=', 'person.role_changed')
        .execute();
      expect(events).toHaveLength(1);
    });

    it('are never none', async () => {
      for (const attempt of [
        () => people.people.changeRole(root, root.personId, 'member'),
        () => people.people.delete(root, root.personId),
      ])
        await expect(attempt()).rejects.toMatchObject({ kind: 'last_administrator', status: 409 });
      // Somebody who can't sign in yet is nobody to leave the server to.
      await people.people.invite(root, { username: 'ada', role: 'administrator' });
      await expect(people.people.changeRole(root, root.personId, 'member')).rejects.toMatchObject({
        kind: 'last_administrator',
      });
      expect(await roles()).toEqual(['ada administrator', 'root administrator']);
    });

    it.each([
      ['demote each other', ['not_allowed']],
      ['delete each other', ['not_signed_in']],
      ['reset each other', ['not_signed_in']],
      ['demote and delete each other', ['not_allowed', 'not_signed_in']],
      ['step down', ['last_administrator']],
    ] as const)('are never none when two %s at once', async (how, kinds) => {
      for (let round = 0; round < 4; round += 1) {
        const one = await joinAs(people, root, `one-${String(round)}`, 'administrator');
        const two = await joinAs(people, root, `two-${String(round)}`, 'administrator');
        const rest = (await people.people.list()).filter(
          ({ id }) => id !== one.personId && id !== two.personId,
        );
        for (const { id } of rest)
          await resources.store.database
            .updateTable('people')
            .set({ role: 'member' })
            .where('id', '=', id)
            .execute();
        const demote = (by: Caller, of: Caller) => people.people.changeRole(by, of.personId, 'member');
        const remove = (by: Caller, of: Caller) => people.people.delete(by, of.personId);
        const reset = (by: Caller, of: Caller) => people.people.resetPassword(by, of.personId);
        const changes = {
          'demote each other': () => [demote(one, two), demote(two, one)],
          'delete each other': () => [remove(one, two), remove(two, one)],
          'reset each other': () => [reset(one, two), reset(two, one)],
          'demote and delete each other': () => [demote(one, two), remove(two, one)],
          'step down': () => [demote(one, one), demote(two, two)],
        }[how];
        const done = await Promise.allSettled<unknown>(changes());
        const refused = done.filter((answer) => answer.status === 'rejected');
        const reasons = kinds.map((kind) => expect.objectContaining({ kind }));
        expect(refused).toHaveLength(1);
        expect(reasons).toContainEqual(refused[0]?.reason);
        const left = (await people.people.list()).filter(
          ({ role, status }) => role === 'administrator' && status === 'active',
        );
        expect(left).toHaveLength(1);
        await resources.store.database
          .updateTable('people')
          .set({ role: 'administrator' })
          .where('id', '=', root.personId)
          .execute();
      }
    });
  });

  describe('who are deleted', () => {
    it('leave nothing behind but the trail of what was done', async () => {
      const ada = await joinAs(people, root, 'ada');
      const { session } = await signIn('ada');
      const { token } = await people.apiTokens.create(ada, { name: 'CI', scopes: ['read'] });
      await addConnection(resources, ada.personId);
      await addOthers(ada.personId);
      const { database } = resources.store;
      await database
        .insertInto('syncs')
        .values({ id: 'sync', person_id: ada.personId, revision: 1, created_at: 1 })
        .execute();

      await people.people.delete(root, ada.personId);
      expect(await people.authentication.bySession(session.token)).toBeUndefined();
      expect(await people.authentication.byApiToken(token)).toBeUndefined();
      for (const table of [
        'sessions',
        'api_tokens',
        'connections',
        'syncs',
        'sign_ins',
        'git_provider_drafts',
        'password_links',
      ] as const) {
        expect(
          await database.selectFrom(table).selectAll().where('person_id', '=', ada.personId).execute(),
        ).toEqual([]);
      }
      await expect(people.people.get(ada.personId)).rejects.toMatchObject({ kind: 'not_found' });
      await expect(people.people.delete(root, ada.personId)).rejects.toMatchObject({ kind: 'not_found' });
      await people.people.invite(root, { username: 'ada' });
    });
  });
});
