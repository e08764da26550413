import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Finding } from './findings.js';
import type { ServerPair } from './server-pair.js';
import { openDatabase } from './server-pair.js';
import type { SignedInForge } from './signed-in-forge.js';

const callsAtOnce = 20;
/** How much later than the moment the process is killed. */
const latestMs = 40;

interface Round {
  readonly signedIn: SignedInForge;
  /** A connection to the database that holds the sign-in's row, or not. */
  readonly database: Client;
  readonly refreshesBefore: number;
}

interface Moment {
  readonly name: string;
  /**
   * What the forge has done by then: nothing has come to it; it has the request, and nobody but itself can know whether
   * it acts on it; it has given a new pair.
   */
  readonly forgeHas: 'nothing' | 'the request' | 'answered';
  /** Makes sure that the moment comes. */
  readonly prepare: (round: Round) => Promise<void>;
  /** Resolves when it has come. */
  readonly come: (round: Round) => Promise<void>;
}

/** Each is held open, so that the process is killed in it and not near it. */
const moments: readonly Moment[] = [
  {
    name: 'before it asks the forge',
    forgeHas: 'nothing',
    prepare: holdRow,
    come: ({ database }) => someoneWaits(database),
  },
  {
    name: 'when the forge had the request and had not answered',
    forgeHas: 'the request',
    prepare: ({ signedIn }) => hang(signedIn, 'hang-before-headers'),
    come: async ({ signedIn: { forge } }) => {
      await forge.simulator.log.waitFor(({ path }) => path === forge.tokenPath);
    },
  },
  {
    name: 'while the answer is on its way',
    forgeHas: 'answered',
    prepare: ({ signedIn }) => hang(signedIn, 'hang-after-headers'),
    come: ({ signedIn, refreshesBefore }) => signedIn.refreshed(refreshesBefore),
  },
  {
    name: 'after the answer, before it is stored',
    forgeHas: 'answered',
    prepare: (round) => {
      const match = { path: round.signedIn.forge.tokenPath, method: 'POST' };
      const action = (): Promise<void> => holdRow(round);
      round.signedIn.forge.simulator.faults.add({ match, effect: { kind: 'run', action } });
      return Promise.resolve();
    },
    come: async ({ signedIn: { forge } }) => {
      const isTokens = ({ path }: { readonly path: string }): boolean => path === forge.tokenPath;
      await forge.simulator.log.waitFor((entry) => isTokens(entry) && entry.outcome === 'answered');
    },
  },
];

interface Outcome {
  readonly moment: Moment;
  readonly refreshes: number;
  readonly requests: number;
  readonly isAnsweredBeforeKill: boolean;
  readonly needsAttention: boolean;
  /** Of the calls at the server that lives. */
  readonly answered: number;
}

/** Kills the server that renews, round for round at another moment, and looks at what the other one makes of it. */
export async function findKills(
  pair: ServerPair,
  signedIn: SignedInForge,
  rounds: number,
): Promise<readonly Finding[]> {
  const database = await openDatabase(pair.databaseUrl);
  const outcomes: Outcome[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const moment = moments[round % moments.length];
      // The other one at the same moment the next time.
      const victim = Math.floor(round / moments.length) % 2;
      if (moment !== undefined) outcomes.push(await kill(pair, signedIn, { database, moment, victim }));
    }
  } finally {
    await database.end();
  }
  return moments.map((moment) =>
    toFinding(
      signedIn.forge.type,
      moment,
      outcomes.filter((outcome) => outcome.moment === moment),
    ),
  );
}

async function kill(
  pair: ServerPair,
  signedIn: SignedInForge,
  {
    database,
    moment,
    victim,
  }: { readonly database: Client; readonly moment: Moment; readonly victim: number },
): Promise<Outcome> {
  const killed = pair.server(victim);
  const { api } = pair.server(1 - victim);
  if (await signedIn.needsAttention(api)) await signedIn.signIn(api);
  const round: Round = { signedIn, database, refreshesBefore: signedIn.refreshes };
  signedIn.expire();
  await moment.prepare(round);
  const dying = Promise.allSettled(Array.from({ length: callsAtOnce }, () => signedIn.ask(killed.api)));
  await moment.come(round);
  await delay(randomInt(latestMs));
  const isAnsweredBeforeKill = signedIn.refreshes > round.refreshesBefore;
  await killed.process.kill();
  await database.query('rollback');
  await dying;
  await letClaimEnd(database);

  const replies = await Promise.all(Array.from({ length: callsAtOnce }, () => signedIn.ask(api)));
  const outcome = {
    moment,
    refreshes: signedIn.refreshes - round.refreshesBefore,
    requests: signedIn.refreshRequests,
    isAnsweredBeforeKill,
    needsAttention: await signedIn.needsAttention(api),
    answered: replies.filter(({ status }) => status === 200).length,
  };
  signedIn.forge.simulator.faults.clear();
  await pair.restart(victim);
  return outcome;
}

const endings: Readonly<Record<Moment['forgeHas'], string>> = {
  nothing: 'goes on',
  'the request': 'may need attention: only the forge knows what it did',
  answered: 'goes on, or needs attention',
};

function toFinding(forge: string, { name, forgeHas }: Moment, outcomes: readonly Outcome[]): Finding {
  const count = (which: (outcome: Outcome) => boolean): number => outcomes.filter(which).length;
  const once = count(({ requests }) => requests === 1);
  const attention = count(({ needsAttention }) => needsAttention);
  return {
    forge,
    what: `${String(outcomes.length)} kills ${name}`,
    expected: `1 request each; ${endings[forgeHas]}`,
    actual: `1 request in ${String(once)}; ${String(outcomes.length - attention)} go on, ${String(attention)} need attention`,
    isAsExpected: outcomes.every(isRight),
  };
}

/**
 * The refresh token has gone to the forge once. Then either everything goes on, with the one pair that it gave, or the
 * person is told, and only where the forge had the request of a dead process.
 */
function isRight({
  moment,
  requests,
  refreshes,
  isAnsweredBeforeKill,
  needsAttention,
  answered,
}: Outcome): boolean {
  if (requests !== 1 || isAnsweredBeforeKill !== (moment.forgeHas === 'answered')) return false;
  if (!needsAttention) return refreshes === 1 && answered === callsAtOnce;
  return moment.forgeHas !== 'nothing' && refreshes === Number(isAnsweredBeforeKill) && answered === 0;
}

function hang({ forge }: SignedInForge, kind: 'hang-before-headers' | 'hang-after-headers'): Promise<void> {
  forge.simulator.faults.add({ match: { path: forge.tokenPath, method: 'POST' }, effect: { kind } });
  return Promise.resolve();
}

/** Keeps everybody else from changing the sign-in until the transaction is rolled back. */
async function holdRow({ database, signedIn }: Round): Promise<void> {
  await database.query('begin');
  await database.query('select id from connections where git_provider_id = $1 for update', [
    signedIn.gitProviderId,
  ]);
}

async function someoneWaits(database: Client): Promise<void> {
  const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  while ((await database.query(waiting)).rowCount === 0) {
    await delay(5);
    // In a transaction, those who have come since the first look are not seen.
    await database.query('select pg_stat_clear_snapshot()');
  }
}

/** As the minutes do that the dead process had left for its renewal. */
async function letClaimEnd(database: Client): Promise<void> {
  await database.query('update connections set claim_until = 0 where claim_id is not null');
}
