import type { Exchange, Profile } from './exchange.js';

/** What `look` makes of a profile's exchanges while its simulator runs. */
export async function withExchanges<T>(
  { start }: Profile,
  look: (exchanges: readonly Exchange[]) => T | Promise<T>,
): Promise<T> {
  const running = await start?.();
  try {
    return await look(running?.exchanges ?? []);
  } finally {
    await running?.close();
  }
}
