import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { gate } from '../testing/test-hub.js';
import type { DraftBench } from './draft-bench.fixture.js';
import { baseUrl, collect, config, eve, openDraftBench } from './draft-bench.fixture.js';

describe('a test that runs', () => {
  let bench: DraftBench;
  beforeEach(async () => {
    bench = await openDraftBench();
  });
  afterEach(() => bench.hubs.cleanUp());

  it('ends when whoever asked has gone, and what it asks ends too', async () => {
    const { id } = await bench.newDraft();
    const leaving = new AbortController();
    let asking: AbortSignal | undefined;
    const asked = gate();
    bench.forge.probe = ({ signal }) => {
      asking = signal;
      asked.open();
      return new Promise(() => undefined);
    };
    const testing = collect(bench.drafts.test('ada', id, { signal: leaving.signal }));
    const ended = expect(testing).rejects.toThrow('gone');
    await asked.opened;
    leaving.abort(new Error('gone'));
    await ended;
    expect(asking?.aborted).toBe(true);
  });

  it('ends what it asks when its lines are left', async () => {
    const { id } = await bench.newDraft();
    let asking: AbortSignal | undefined;
    bench.forge.probe = ({ signal, onEvent }) => {
      asking = signal;
      onEvent?.({ kind: 'request', method: 'GET', url: baseUrl, status: 200, durationMs: 1 });
      return new Promise(() => undefined);
    };
    for await (const line of bench.drafts.test('ada', id)) {
      if (line.kind === 'step' && line.step === 'reached') break;
    }
    expect(asking?.aborted).toBe(true);
  });

  it('ends when the server stops', async () => {
    const { id } = await bench.newDraft();
    const asked = gate();
    bench.forge.probe = () => {
      asked.open();
      return new Promise(() => undefined);
    };
    const ended = expect(bench.test(id)).rejects.toMatchObject({ kind: 'closed' });
    await asked.opened;
    bench.hub.stopWatching();
    await ended;
    await expect(bench.test(id)).rejects.toMatchObject({ kind: 'closed' });
  });

  it('runs twice at a time for one person, and not more often', async () => {
    const { id } = await bench.newDraft();
    const other = await bench.drafts.create(eve, { type: 'fake', values: { config } });
    const held = gate();
    const bothAsked = gate();
    bench.forge.probe = async () => {
      if (bench.forge.asked.length === 2) bothAsked.open();
      await held.opened;
      return { product: 'Fake', apiUrl: baseUrl };
    };
    const running = [bench.test(id), bench.test(id)];
    await bothAsked.opened;
    await expect(bench.test(id)).rejects.toMatchObject({ kind: 'too_many_tests', status: 429 });
    const others = bench.test(other.id, 'eve');
    held.open();
    await Promise.all([...running, others]);
    expect(await bench.test(id)).toHaveLength(11);
  });
});
