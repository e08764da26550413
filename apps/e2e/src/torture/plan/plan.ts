import type { Random } from '../random.js';
import type { Weighted } from '../random.js';
import { Random as SeededRandom } from '../random.js';
import type { FaultName } from './fault-names.js';
import { faultNames } from './fault-names.js';
import type { WorldChangeName } from './world-change-names.js';
import { worldChangeNames } from './world-change-names.js';

export const forgeTypes = ['github', 'gitlab', 'bitbucket', 'bitbucket-data-center', 'gitea'] as const;
export type ForgeType = (typeof forgeTypes)[number];

export const databases = ['sqlite', 'postgres'] as const;
export type Database = (typeof databases)[number];

export type SyncPolicy = 'staged' | 'revoke-first';

/** Which repositories a git provider lists: those of some of the world's organizations, by lock or by patterns. */
export type Scope =
  | { readonly kind: 'everything' }
  /** Numbers that choose among the organizations. */
  | { readonly kind: 'locked'; readonly picks: readonly number[] }
  | { readonly kind: 'only'; readonly picks: readonly number[] }
  | { readonly kind: 'without'; readonly picks: readonly number[] };

/** What happens at a moment. Numbers in `picks` and `pick`, from 0 to 1, choose among what there is by then. */
export type Happening =
  | { readonly kind: 'world'; readonly change: WorldChangeName; readonly picks: readonly number[] }
  | { readonly kind: 'fault'; readonly fault: FaultName; readonly times: number }
  | { readonly kind: 'sync-again'; readonly person: number }
  | { readonly kind: 'cancel'; readonly person: number }
  | { readonly kind: 'sign-out'; readonly person: number }
  | { readonly kind: 'sign-in'; readonly person: number; readonly as: 'the same' | 'the other' }
  | { readonly kind: 'revoke'; readonly person: number }
  | { readonly kind: 'scope'; readonly scope: Scope }
  | { readonly kind: 'policy'; readonly policy: SyncPolicy }
  | { readonly kind: 'clean-up' }
  | { readonly kind: 'look'; readonly person: number }
  | { readonly kind: 'pause'; readonly process: number }
  | { readonly kind: 'restart'; readonly process: number }
  | { readonly kind: 'kill'; readonly process: number };

export interface PlannedHappening {
  /** Happens when that many requests have come to the forge's API since the round began, or when it has ended. */
  readonly afterRequests: number;
  /** Whether the forge's answer waits until it has happened, so that it falls exactly between two requests. */
  readonly holdsAnswer: boolean;
  /** Which of the processes is asked. */
  readonly process: number;
  readonly happening: Happening;
}

/** A sync, what happens meanwhile, and rest. */
export interface Round {
  readonly process: number;
  readonly happenings: readonly PlannedHappening[];
}

/** All that a run is made of, told before it begins. The same seed makes the same plan. */
export interface RunPlan {
  readonly seed: number;
  readonly forge: ForgeType;
  readonly database: Database;
  readonly repositories: number;
  /** 1 or 2, each with an account of their own. */
  readonly people: number;
  /** Of the torture's clock. */
  readonly latencyMs: number;
  readonly policy: SyncPolicy;
  readonly scope: Scope;
  readonly rounds: readonly Round[];
}

export interface PlanChoices {
  readonly forges: readonly ForgeType[];
  readonly databases: readonly Database[];
}

/** About how many requests a listing takes. */
const usualRequests: Readonly<Record<ForgeType, number>> = {
  github: 7,
  gitlab: 9,
  bitbucket: 22,
  'bitbucket-data-center': 24,
  gitea: 16,
};

export function makePlan(seed: number, { forges, databases: stores }: PlanChoices): RunPlan {
  const random = new SeededRandom(seed);
  const forge = forges[seed % forges.length] ?? 'github';
  const people = random.chance(0.4) ? 2 : 1;
  const place = { random, forge, people };
  return {
    seed,
    forge,
    database: stores[Math.floor(seed / forges.length) % stores.length] ?? 'sqlite',
    repositories: random.between(220, 420),
    people,
    latencyMs: random.between(0, 4) * 20,
    policy: random.chance(0.3) ? 'revoke-first' : 'staged',
    scope: random.chance(0.7) ? { kind: 'everything' } : makeScope(random),
    rounds: [
      // Most begin with a list that is complete.
      makeRound(place, random.chance(0.7) ? 0 : random.between(1, 3)),
      makeRound(place, random.between(1, 5)),
      makeRound(place, random.between(1, 5)),
    ],
  };
}

interface Place {
  readonly random: Random;
  readonly forge: ForgeType;
  readonly people: number;
}

function makeRound(place: Place, happenings: number): Round {
  const { random, forge } = place;
  const planned = Array.from({ length: happenings }, () => ({
    afterRequests: random.between(1, usualRequests[forge]),
    holdsAnswer: random.chance(0.6),
    process: random.between(0, 1),
    happening: makeHappening(place),
  }));
  return {
    process: random.between(0, 1),
    happenings: planned.toSorted((one, other) => one.afterRequests - other.afterRequests),
  };
}

type Maker = (place: Place) => Happening;

const choices: readonly [Weighted<Maker>, ...Weighted<Maker>[]] = [
  { weight: 30, value: makeWorldChange },
  { weight: 20, value: makeFault },
  { weight: 4, value: (place) => ({ kind: 'sync-again', person: somebody(place) }) },
  { weight: 6, value: (place) => ({ kind: 'cancel', person: somebody(place) }) },
  { weight: 4, value: (place) => ({ kind: 'sign-out', person: somebody(place) }) },
  {
    weight: 7,
    value: (place) => ({
      kind: 'sign-in',
      person: somebody(place),
      as: place.random.pick(['the same', 'the other']),
    }),
  },
  { weight: 4, value: (place) => ({ kind: 'revoke', person: somebody(place) }) },
  { weight: 7, value: ({ random }) => ({ kind: 'scope', scope: makeScope(random) }) },
  {
    weight: 4,
    value: ({ random }) => ({ kind: 'policy', policy: random.pick(['staged', 'revoke-first']) }),
  },
  { weight: 3, value: () => ({ kind: 'clean-up' }) },
  { weight: 12, value: (place) => ({ kind: 'look', person: somebody(place) }) },
  { weight: 4, value: ({ random }) => ({ kind: 'kill', process: random.between(0, 1) }) },
  { weight: 2, value: ({ random }) => ({ kind: 'pause', process: random.between(0, 1) }) },
  { weight: 2, value: ({ random }) => ({ kind: 'restart', process: random.between(0, 1) }) },
];

function makeHappening(place: Place): Happening {
  return place.random.weighted(choices)(place);
}

function somebody({ random, people }: Place): number {
  return random.between(0, people - 1);
}

function makeFault({ random }: Place): Happening {
  const fault = random.pick(faultNames);
  // A hanging forge is waited for each time.
  return { kind: 'fault', fault, times: fault.startsWith('hang') ? 1 : random.between(1, 5) };
}

function makeWorldChange({ random, forge }: Place): Happening {
  const [first = 'rename', ...others] = worldChangeNames[forge];
  return {
    kind: 'world',
    change: random.pick([first, ...others]),
    // Some at once, as when a group is reorganized.
    picks: Array.from({ length: random.chance(0.6) ? 1 : random.between(2, 8) }, () => random.next()),
  };
}

function makeScope(random: Random): Scope {
  const picks = Array.from({ length: random.between(1, 2) }, () => random.next());
  return random.weighted<Scope>([
    { weight: 2, value: { kind: 'everything' } },
    { weight: 2, value: { kind: 'locked', picks } },
    { weight: 1, value: { kind: 'only', picks } },
    { weight: 2, value: { kind: 'without', picks } },
  ]);
}
