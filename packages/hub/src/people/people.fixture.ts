import { AuditTrail } from '../audit/audit-trail.js';
import { ConnectionRemover } from '../connections/connection-remover.js';
import type { Resources } from '../resources.js';
import { GenerationSweeper } from '../syncs/generation-sweeper.js';
import { InProcessJobQueue } from '../syncs/in-process-job-queue.js';
import { SyncChanges } from '../syncs/sync-changes.js';
import { Syncs } from '../syncs/syncs.js';
import { AttemptLimits, defaultAttemptLimits } from './attempt-limits.js';
import type { SignedInPerson } from './authentication.js';
import type { Caller } from './caller.js';
import type { PeopleOptions, PeopleServices } from './open-people.js';
import { openPeople } from './open-people.js';

/** So cheap that a test may hash a hundred. */
export const cheapHashing = { memoryCost: 8, timeCost: 1, queue: 200 };

/** So low that a test soon gets there. */
const lowLimits = {
  ...defaultAttemptLimits,
  'sign-in:account': { attempts: 5, windowMs: 15 * 60_000 },
  'sign-in:browser': { attempts: 3, windowMs: 5 * 60_000 },
  'sign-in:address': { attempts: 8, windowMs: 15 * 60_000 },
  'single-sign-on:address': { attempts: 6, windowMs: 15 * 60_000 },
  'set-up:address': { attempts: 4, windowMs: 15 * 60_000 },
  'password-link:address': { attempts: 20, windowMs: 15 * 60_000 },
  'password-change:account': { attempts: 3, windowMs: 15 * 60_000 },
};

export const password = 'correct horse battery';
export const publicUrl = 'https://anyforge.test/at';
export const browser = { address: '192.0.2.1', userAgent: 'Test/1.0' };

export function openTestPeople(resources: Resources, options: PeopleOptions = {}): Promise<PeopleServices> {
  const { store } = resources;
  const syncs = new Syncs({
    resources,
    changes: new SyncChanges(),
    queue: new InProcessJobQueue({ ...resources, concurrency: 1 }),
    sweeper: new GenerationSweeper(resources),
  });
  return openPeople(
    {
      resources,
      publicUrl,
      audit: new AuditTrail(resources),
      limits: new AttemptLimits(store, lowLimits),
      remover: new ConnectionRemover(resources, syncs),
    },
    { passwordHashing: cheapHashing, ...options },
  );
}

/** Who is signed in with a session that was just made. */
export async function callerOf(people: PeopleServices, { session }: SignedInPerson): Promise<Caller> {
  const caller = await people.authentication.bySession(session.token);
  if (caller === undefined) throw new Error('The session has ended.');
  return caller;
}

export async function setUp(people: PeopleServices, username = 'root'): Promise<Caller> {
  return callerOf(people, await people.setUp.complete({ username, password }, browser));
}

export function tokenOf({ link }: { readonly link: { readonly url: string } }): string {
  return new URL(link.url).hash.slice(1);
}

/** Somebody who was invited and has chosen a password. */
export async function join(
  people: PeopleServices,
  administrator: Caller,
  username: string,
  role: Caller['role'] = 'member',
): Promise<Caller> {
  const token = tokenOf(await people.people.invite(administrator, { username, role }));
  return callerOf(people, await people.welcome.choosePassword({ token, password }, browser));
}
