import { describe, expect, it } from '@jest/globals';
import { createSlots } from './slots.js';

describe('slots', () => {
  it('let so many pieces of work run at once, in order, whatever becomes of them', async () => {
    const inSlot = createSlots(2);
    const running: { readonly name: number; readonly end: (error?: Error) => void }[] = [];
    const works = [1, 2, 3, 4].map((name) =>
      inSlot(
        () =>
          new Promise<number>((resolve, reject) => {
            running.push({
              name,
              end: (error) => {
                if (error) reject(error);
                else resolve(name);
              },
            });
          }),
      ),
    );
    const settled = Promise.allSettled(works);
    expect(running.map(({ name }) => name)).toEqual([1, 2]);
    running[1]?.end(new Error('broken'));
    await expect(works[1]).rejects.toThrow('broken');
    expect(running.map(({ name }) => name)).toEqual([1, 2, 3]);
    running[0]?.end();
    await works[0];
    for (const { end } of running.slice(2)) end();
    running[3]?.end();
    expect((await settled).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
  });
});
