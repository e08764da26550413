import type { Finding } from './findings.js';
import { findKills } from './kill-rounds.js';
import { findManyCalls } from './many-calls.js';
import { startServerPair } from './server-pair.js';
import { SignedInForge } from './signed-in-forge.js';

export interface RaceOptions {
  /** The git provider's. */
  readonly type: string;
  /** How many ask at once, at both servers together. */
  readonly calls: number;
  /** How often a server is killed. */
  readonly rounds: number;
}

/** What becomes of one sign-in's tokens when two servers on one database want to renew them, and when one dies of it. */
export async function raceRefreshes({ type, calls, rounds }: RaceOptions): Promise<readonly Finding[]> {
  const pair = await startServerPair();
  try {
    const signedIn = await SignedInForge.start(pair, type);
    try {
      return [...(await findManyCalls(pair, signedIn, calls)), ...(await findKills(pair, signedIn, rounds))];
    } finally {
      await signedIn.forge.simulator.close();
    }
  } finally {
    await pair.close();
  }
}
