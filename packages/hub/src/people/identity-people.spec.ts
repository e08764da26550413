import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditTrail } from '../audit/audit-trail.js';
import type { Resources } from '../resources.js';
import type { TestClock } from '../testing/test-clock.js';
import { openTestResources } from '../testing/test-store.js';
import { AttemptLimits } from './attempt-limits.js';
import { Authentication } from './authentication.js';
import { ApiTokens } from './api-tokens.js';
import { IdentityPeople } from './identity-people.js';
import { KnownBrowsers } from './known-browsers.js';
import { PasswordHasher, defaultPasswordHashing } from './password-hasher.js';
import type { PeopleServices } from './open-people.js';
import { browser, openTestPeople, setUp } from './people.fixture.js';
import { defaultSessionLifetime, Sessions } from './sessions.js';

describe('people whom an identity provider knows', () => {
  let folder: string;
  let resources: Resources & { readonly clock: TestClock };
  let people: PeopleServices;
  let identities: IdentityPeople;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
    const unreachable = () => Promise.reject(new TypeError('fetch failed'));
    people = await openTestPeople(resources, {
      openIdConnect: { issuer: 'https://issuer.test', clientId: 'anyforge', fetch: unreachable },
    });
    const audit = new AuditTrail(resources);
    const authentication = new Authentication({
      resources,
      audit,
      hasher: new PasswordHasher(defaultPasswordHashing, resources.clock),
      limits: new AttemptLimits(resources.store),
      sessions: new Sessions(resources, defaultSessionLifetime),
      apiTokens: new ApiTokens(resources, audit),
      knownBrowsers: new KnownBrowsers(resources.vault),
    });
    identities = new IdentityPeople({ resources, audit, authentication, createPeople: true });
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  const identityOf = (subject: string) => ({ issuer: 'https://issuer.test', subject, usernames: ['ada'] });

  it('get no account before there is an administrator, and are sent nowhere', async () => {
    const refusal = { kind: 'not_allowed', status: 403 };
    await expect(identities.signIn(identityOf('1'), browser)).rejects.toMatchObject(refusal);
    await expect(people.openIdConnect?.start(browser)).rejects.toMatchObject(refusal);
    expect(await people.people.list()).toEqual([]);
    await setUp(people, 'ada');
    const { person } = await identities.signIn(identityOf('1'), browser);
    expect(person).toMatchObject({ username: 'ada-2', role: 'member' });
  });

  it('are known from their first visit on', async () => {
    await setUp(people);
    expect(await identities.knows(identityOf('1'))).toBe(false);
    await identities.signIn(identityOf('1'), browser);
    expect(await identities.knows(identityOf('1'))).toBe(true);
    expect(await identities.knows({ ...identityOf('1'), issuer: 'https://another.test' })).toBe(false);
  });

  it('all get a username, however many have the same name elsewhere', async () => {
    await setUp(people);
    const usernames: string[] = [];
    for (let subject = 1; subject <= 13; subject += 1) {
      const { person } = await identities.signIn(identityOf(String(subject)), browser);
      usernames.push(person.username);
    }
    expect(usernames.slice(0, 10)).toEqual([
      'ada',
      ...[2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => `ada-${String(n)}`),
    ]);
    for (const username of usernames.slice(10)) expect(username).toMatch(/^ada-[0-9a-f]{8}$/);
    expect(new Set(usernames).size).toBe(13);
  });

  it('begin and end no sign-in too often from one address, each of which costs requests', async () => {
    await setUp(people);
    const start = (from: object) => people.openIdConnect?.start(from);
    const finish = (from: object) => people.openIdConnect?.finish('?code=x&state=x', from);
    for (let count = 0; count < 3; count += 1) {
      await expect(start(browser)).rejects.toMatchObject({ kind: 'single_sign_on_unavailable' });
      await expect(finish(browser)).rejects.toMatchObject({ kind: 'single_sign_on_expired' });
    }
    await expect(start(browser)).rejects.toMatchObject({ kind: 'too_many_attempts' });
    await expect(finish(browser)).rejects.toMatchObject({ kind: 'too_many_attempts' });
    const elsewhere = { address: '198.51.100.1' };
    await expect(start(elsewhere)).rejects.toMatchObject({ kind: 'single_sign_on_unavailable' });
  });
});
