import type { LoggedRequest, Person } from '@anyforge/forge-simulator';
import { collect } from './listing.js';
import type { Forge } from './stage/forge.js';
import type { Scene } from './questions.js';

/** How a call went when nothing went wrong. */
export interface Rehearsal {
  /** How many requests it took. */
  readonly count: number;
  /** Its first request, one in the middle and the last one, counted from 1. */
  readonly positions: readonly number[];
  /** The path of most of its pages. */
  readonly pagePath: string;
  /** What was asked for, each once. */
  readonly addresses: readonly Address[];
}

type Address = Pick<LoggedRequest, 'path' | 'query'>;

/** Lists the repositories once as a session of its own, and forgets the requests. */
export function rehearse(forge: Forge, person: Person): Promise<Rehearsal> {
  return rehearseWork(forge, () => collect(forge.signIn(person).session.repositories()));
}

/** Asks once as a session of its own, and forgets the requests. */
export function rehearseScene(forge: Forge, { person, ask }: Scene): Promise<Rehearsal> {
  return rehearseWork(forge, () => ask(forge, forge.signIn(person).session));
}

async function rehearseWork(forge: Forge, work: () => Promise<unknown>): Promise<Rehearsal> {
  const { log } = forge.simulator;
  log.clear();
  await work();
  const { requests } = forge;
  log.clear();
  const paths = requests.map(({ path }) => path);
  const often = (path: string): number => paths.filter((each) => each === path).length;
  const [pagePath = ''] = paths.toSorted((one, other) => often(other) - often(one));
  const count = requests.length;
  const addresses = new Map(
    requests.map(({ path, query }) => [JSON.stringify([path, query]), { path, query }]),
  );
  return {
    count,
    pagePath,
    positions: [...new Set([1, Math.ceil(count / 2), count])],
    addresses: [...addresses.values()],
  };
}
