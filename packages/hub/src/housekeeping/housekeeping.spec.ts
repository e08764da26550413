import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { gate } from '../testing/test-hub.js';
import { openTestResources } from '../testing/test-store.js';
import type { Chore } from './chore.js';
import { Housekeeping } from './housekeeping.js';

const hourMs = 3_600_000;

describe('housekeeping', () => {
  let folder: string;
  let resources: Awaited<ReturnType<typeof openTestResources>>;
  let opened: Housekeeping[];
  /** Which batches were done. */
  let done: number[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
    opened = [];
    done = [];
  });

  afterEach(async () => {
    await Promise.all(opened.map((housekeeping) => housekeeping.close()));
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  function keepHouse(...chores: readonly Chore[]): Housekeeping {
    const housekeeping = new Housekeeping(resources, chores);
    opened.push(housekeeping);
    return housekeeping;
  }

  /** @param before runs before each batch */
  function chore(
    batches: number,
    { name = 'chore', before = () => undefined }: { name?: string; before?: (batch: number) => unknown } = {},
  ): Chore {
    return {
      name,
      everyMs: hourMs,
      failure: 'The chore failed.',
      async *batches() {
        for (let batch = 0; batch < batches; batch += 1) {
          await before(batch);
          done.push(batch);
          yield;
        }
      },
    };
  }

  it('does a chore whole, and again when its time has come', async () => {
    const housekeeping = keepHouse(chore(3));
    await housekeeping.round();
    expect(done).toEqual([0, 1, 2]);
    resources.clock.advance(hourMs - 1);
    await housekeeping.round();
    expect(done).toHaveLength(3);
    resources.clock.advance(1);
    await housekeeping.round();
    expect(done).toHaveLength(6);
  });

  it('does not do again what another process has just done, nor what it did before it was restarted', async () => {
    await keepHouse(chore(1)).round();
    await keepHouse(chore(1)).round();
    expect(done).toEqual([0]);
  });

  /** A chore that stands still before a batch until it is told to go on. */
  function heldUp(batches: number, at: number) {
    const reached = gate();
    const goOn = gate();
    const held = chore(batches, {
      before: (batch) => {
        if (batch !== at) return undefined;
        reached.open();
        return goOn.opened;
      },
    });
    return {
      held,
      reached: reached.opened,
      goOn: () => {
        goOn.open();
      },
    };
  }

  it('is at each chore in one process at a time', async () => {
    const { held, reached, goOn } = heldUp(2, 0);
    const first = keepHouse(held).round();
    await reached;
    await Promise.all([keepHouse(chore(2)).round(), keepHouse(chore(2)).round()]);
    expect(done).toEqual([]);
    goOn();
    await first;
    expect(done).toEqual([0, 1]);
  });

  it('takes over a chore at which a process has died', async () => {
    const { held, reached } = heldUp(1, 0);
    void keepHouse(held).round();
    await reached;
    const other = keepHouse(chore(1));
    opened = [other];
    await other.round();
    expect(done).toEqual([]);
    resources.clock.advance(2 * 60_000);
    await other.round();
    expect(done).toEqual([0]);
  });

  it('leaves a chore that was taken over from it by mistake', async () => {
    const { held, reached, goOn } = heldUp(3, 1);
    const paused = keepHouse(held).round();
    await reached;
    resources.clock.advance(2 * 60_000);
    await keepHouse(chore(3)).round();
    expect(done).toEqual([0, 0, 1, 2]);
    goOn();
    while (resources.clock.sleeping === 0) await turn();
    resources.clock.advance(1000);
    await paused;
    expect(done).toEqual([0, 0, 1, 2, 1]);
  });

  it('holds up no chore by one that takes long', async () => {
    const { held, goOn } = heldUp(1, 0);
    const short = gate();
    const housekeeping = keepHouse(
      held,
      chore(1, {
        name: 'short',
        before: () => {
          short.open();
        },
      }),
    );
    const all = housekeeping.round();
    await short.opened;
    goOn();
    await all;
    expect(done).toHaveLength(2);
  });

  it('tells of a chore that fails, and tries it again', async () => {
    let isBroken = true;
    const failing = chore(1, {
      before: () => {
        if (isBroken) throw new Error('no');
      },
    });
    const housekeeping = keepHouse(failing, chore(1, { name: 'other' }));
    await housekeeping.round();
    expect(done).toEqual([0]);
    expect(resources.logger.lines).toEqual([expect.stringMatching(/^warn The chore failed\./)]);
    isBroken = false;
    resources.clock.advance(10 * 60_000);
    await housekeeping.round();
    expect(done).toEqual([0, 0]);
  });

  it('stops after the batch under way when it is closed, and leaves the rest to others', async () => {
    const closing: { now?: Promise<void> } = {};
    const housekeeping: Housekeeping = keepHouse(
      chore(1000, {
        before: (batch) => {
          if (batch === 2) closing.now = housekeeping.close();
        },
      }),
    );
    await housekeeping.round();
    await closing.now;
    expect(done).toEqual([0, 1, 2]);
    await keepHouse(chore(2)).round();
    expect(done).toEqual([0, 1, 2, 0, 1]);
  });

  it('pauses for as long as a batch took, and at once no more when it is closed', async () => {
    const housekeeping = keepHouse(
      chore(2, {
        before: () => {
          resources.clock.advance(300);
        },
      }),
    );
    const round = housekeeping.round();
    while (resources.clock.sleeping === 0) await turn();
    expect(done).toEqual([0]);
    resources.clock.advance(299);
    await turn();
    expect(done).toEqual([0]);
    await housekeeping.close();
    await round;
    expect(done).toEqual([0]);
  });
});
