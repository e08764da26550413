import { z } from 'zod';
import type { Visitor } from '../visitor.js';

const withId = z.object({ id: z.string() });
const seen = z.object({ state: z.string(), revision: z.number() });

/** Synchronizes everything that somebody is signed in to. @returns the state in which that has ended */
export async function synchronize(visitor: Visitor): Promise<string> {
  const started = await visitor.expect(202, 'POST', '/api/v1/syncs');
  return untilSynced(visitor, withId.parse(started.json).id);
}

/** The same, when it has to succeed. */
export async function synchronizeWell(visitor: Visitor): Promise<void> {
  const state = await synchronize(visitor);
  if (state !== 'succeeded') throw new Error(`The sync has ${state}.`);
}

/** Cancels it where it waits: what for may take hours. */
export async function untilSynced(visitor: Visitor, id: string): Promise<string> {
  const path = `/api/v1/syncs/${id}`;
  let after = '';
  for (;;) {
    const answer = await visitor.expect(200, 'GET', `${path}${after}`);
    const { state, revision } = seen.parse(answer.json);
    if (state === 'waiting') await visitor.expect(200, 'POST', `${path}/cancellation`);
    else if (state !== 'queued' && state !== 'running') {
      await visitor.expect(200, 'GET', `${path}/events`);
      return state;
    }
    after = `?after=${String(revision)}`;
  }
}
