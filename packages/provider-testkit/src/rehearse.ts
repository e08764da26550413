import type { Person } from '@anyforge/forge-simulator';
import { collect } from './listing.js';
import type { Forge } from './stage/forge.js';

/** How a listing of repositories went when nothing went wrong. */
export interface Rehearsal {
  /** How many requests it took. */
  readonly count: number;
  /** Its first request, one in the middle and the last one, counted from 1. */
  readonly positions: readonly number[];
  /** The path of most of its pages. */
  readonly pagePath: string;
}

/** Lists once as a session of its own, and forgets the requests. */
export async function rehearse(forge: Forge, person: Person): Promise<Rehearsal> {
  const { log } = forge.simulator;
  log.clear();
  await collect(forge.signIn(person).session.repositories());
  const paths = forge.requests.map(({ path }) => path);
  const often = (path: string): number => paths.filter((each) => each === path).length;
  const [pagePath = ''] = paths.toSorted((one, other) => often(other) - often(one));
  log.clear();
  const count = paths.length;
  return { count, pagePath, positions: [...new Set([1, Math.ceil(count / 2), count])] };
}
