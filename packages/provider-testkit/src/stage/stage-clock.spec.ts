import { describe, expect, it } from '@jest/globals';
import { StageClock, turns } from './stage-clock.js';

describe('the clock of a stage', () => {
  it('goes on by itself from sleeper to sleeper, in order, when nothing else happens', async () => {
    const clock = new StageClock(() => false);
    const begin = clock.now().getTime();
    const woken: number[] = [];
    await Promise.all(
      [3_600_000, 100, 60_000].map(async (ms) => {
        await clock.sleep(ms);
        woken.push(clock.now().getTime() - begin);
      }),
    );
    expect(woken).toEqual([100, 60_000, 3_600_000]);
    expect(clock.sleeps.map(({ ms }) => ms)).toEqual([3_600_000, 100, 60_000]);
  });

  it('stands still while something is under way, and goes on when that is over', async () => {
    let busy = true;
    const clock = new StageClock(() => busy);
    const begin = clock.now();
    let woken = false;
    const sleep = clock.sleep(10).then(() => {
      woken = true;
    });
    await turns(200);
    expect([woken, clock.now()]).toEqual([false, begin]);
    busy = false;
    clock.stir();
    await sleep;
    expect(clock.now().getTime() - begin.getTime()).toBe(10);
  });

  it('lets all come to rest before the next sleeper wakes', async () => {
    const clock = new StageClock(() => false);
    const steps: string[] = [];
    const late = clock.sleep(50).then(() => steps.push('late'));
    await clock.sleep(10);
    await turns(5);
    steps.push('early, and a while later');
    await late;
    expect(steps).toEqual(['early, and a while later', 'late']);
  });

  it('rejects with the reason of the signal, and moves by hand', async () => {
    const clock = new StageClock(() => true);
    const controller = new AbortController();
    const cancelled = clock.sleep(10, controller.signal);
    controller.abort('enough');
    await expect(cancelled).rejects.toBe('enough');
    await expect(clock.sleep(10, controller.signal)).rejects.toBe('enough');
    const sleep = clock.sleep(1_000);
    clock.advance(1_000);
    await sleep;
  });
});
