import { z } from 'zod';
import type { Visitor } from '../visitor.js';

const withId = z.object({ id: z.string() });
const seen = z.object({ state: z.string(), revision: z.number() });

/** Synchronizes everything that somebody is signed in to, and waits until it has ended in whatever way. */
export async function synchronize(visitor: Visitor): Promise<void> {
  const started = await visitor.expect(202, 'POST', '/api/v1/syncs');
  await untilSynced(visitor, withId.parse(started.json).id);
}

export async function untilSynced(visitor: Visitor, id: string): Promise<void> {
  let after = '';
  for (;;) {
    const answer = await visitor.expect(200, 'GET', `/api/v1/syncs/${id}${after}`);
    const { state, revision } = seen.parse(answer.json);
    if (state !== 'queued' && state !== 'running') return;
    after = `?after=${String(revision)}`;
  }
}
