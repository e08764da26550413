import { expect, it } from '@jest/globals';
import { ownTurn } from './turns.js';

it('everybody who asks gets a round of the event loop alone', async () => {
  const rounds: number[] = [];
  let round = 0;
  let counting = setImmediate(count);
  function count(): void {
    round += 1;
    counting = setImmediate(count);
  }
  await Promise.all(
    Array.from({ length: 3 }, async () => {
      await ownTurn();
      rounds.push(round);
    }),
  );
  clearImmediate(counting);
  expect(new Set(rounds).size).toBe(3);
});
