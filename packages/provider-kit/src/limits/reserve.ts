const part = 1 / 10;
/** Of a small limit a tenth is next to nothing: what one person needs to open a page. */
const atLeast = 5;
/** Of a smaller one still, what nobody waits for has to get a turn as well. */
const atMost = 1 / 2;

/** How many requests of a limit what runs in the background leaves to the calls for which somebody waits. */
export function reserveOf(limit: number): number {
  return Math.min(Math.max(Math.ceil(limit * part), atLeast), Math.floor(limit * atMost));
}
