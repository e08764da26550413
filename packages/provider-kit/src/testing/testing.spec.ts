import { describe, expect, it } from '@jest/globals';
import { createFakeClock } from './fake-clock.js';
import { createScriptedFetch } from './scripted-fetch.js';

describe('the fake clock', () => {
  it('stands still until it is moved, and wakes sleepers in order', async () => {
    const clock = createFakeClock();
    const woken: number[] = [];
    const begin = clock.now().getTime();
    for (const ms of [300, 100, 200])
      void clock.sleep(ms).then(() => woken.push(clock.now().getTime() - begin));
    await clock.advance(99);
    expect(woken).toEqual([]);
    await clock.advance(150);
    expect(woken).toEqual([100, 200]);
    expect(clock.sleeps).toEqual([300]);
    expect(clock.now().getTime() - begin).toBe(249);
  });

  it('rejects with the reason of the signal', async () => {
    const clock = createFakeClock();
    const controller = new AbortController();
    const sleep = clock.sleep(100, controller.signal);
    controller.abort('enough');
    await expect(sleep).rejects.toBe('enough');
    await expect(clock.sleep(100, controller.signal)).rejects.toBe('enough');
    expect(clock.sleeps).toEqual([]);
  });

  it('tells when somebody goes to sleep', async () => {
    const clock = createFakeClock();
    const asleep = clock.sleeping(200);
    void clock.sleep(100);
    void clock.sleep(200);
    await asleep;
    await clock.sleeping();
    expect(clock.sleeps).toEqual([100, 200]);
  });

  it('runs work to its end through all its sleeps', async () => {
    const clock = createFakeClock();
    const begin = clock.now().getTime();
    const work = async (): Promise<string> => {
      for (let step = 0; step < 3; step += 1) await clock.sleep(60_000);
      return 'done';
    };
    expect(await clock.run(work())).toBe('done');
    expect(clock.now().getTime() - begin).toBe(180_000);
    await expect(clock.run(Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });
});

describe('the scripted fetch', () => {
  it('answers in order and records what it was asked', async () => {
    const { fetch, requests } = createScriptedFetch([
      { status: 201, headers: { etag: '"a"' }, body: { id: 1 } },
      { body: 'text' },
      new Error('broken'),
    ]);
    const first = await fetch('https://forge.example/a', { method: 'POST', body: 'x', headers: { a: 'b' } });
    expect([first.status, first.headers.get('etag'), await first.json()]).toEqual([201, '"a"', { id: 1 }]);
    expect(await (await fetch('https://forge.example/b')).text()).toBe('text');
    await expect(fetch('https://forge.example/c')).rejects.toThrow('broken');
    await expect(fetch('https://forge.example/d')).rejects.toThrow(
      'unexpected request 4: GET https://forge.example/d',
    );
    expect(requests[0]).toMatchObject({ method: 'POST', url: 'https://forge.example/a', body: 'x' });
    expect(requests).toHaveLength(4);
  });

  it('hangs until it is aborted', async () => {
    const { fetch } = createScriptedFetch(() => 'hang');
    const controller = new AbortController();
    const answer = fetch('https://forge.example/', { signal: controller.signal });
    controller.abort('enough');
    await expect(answer).rejects.toBe('enough');
  });
});
