/** From so many bytes on, reading takes milliseconds. */
export const largeBytes = 64 * 1024;

let last = Promise.resolve();

/**
 * For work that holds up the event loop: everybody who awaits this gets a round of it alone, in the order they asked.
 * Many answers that have come at once would else be read in one go, and all others would wait for that.
 */
export function ownTurn(): Promise<void> {
  last = last.then(nextRound);
  return last;
}

function nextRound(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
