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
  /** Whether the forge has given a new pair by then. */
  readonly isAnswered: boolean;
  /** Makes sure that the moment comes. */
  readonly prepare: (round: Round) => Promise<void>;
  /** Resolves when it has come. */
  readonly come: (round: Round) => Promise<void>;
}

/** Each is held open, so that the process is killed in it and not near it. */
const moments: readonly Moment[] = [
  {
    name: 'before it asks the forge',
    isAnswered: false,
    prepare: holdRow,
    come: ({ database }) => someoneWaits(database),
  },
  {
    name: 'while the answer is on its way',
    isAnswered: true,
    prepare: ({ signedIn }) => {
      const match = { path: signedIn.forge.tokenPath, method: 'POST' };
      signedIn.forge.simulator.faults.add({ match, effect: { kind: 'hang-after-headers' } });
      return Promise.resolve();
    },
    come: ({ signedIn, refreshesBefore }) => signedIn.refreshed(refreshesBefore),
  },
  {
    name: 'after the answer, before it is stored',
    isAnswered: true,
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
      if (moment !== undefined)
        outcomes.push(await kill(pair, signedIn, { database, moment, victim: round % 2 }));
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

function toFinding(forge: string, { name, isAnswered }: Moment, outcomes: readonly Outcome[]): Finding {
  const count = (which: (outcome: Outcome) => boolean): number => outcomes.filter(which).length;
  const once = count(({ refreshes, requests }) => refreshes === 1 && requests === 1);
  const attention = count(({ needsAttention }) => needsAttention);
  const rightly = count((outcome) => outcome.isAnsweredBeforeKill === isAnswered && isSettled(outcome));
  return {
    forge,
    what: `${String(outcomes.length)} kills ${name}`,
    expected: `1 refresh each; ${isAnswered ? 'goes on, or needs attention' : 'goes on'}`,
    actual: `1 refresh in ${String(once)}; ${String(outcomes.length - attention)} go on, ${String(attention)} need attention`,
    isAsExpected: once === outcomes.length && rightly === outcomes.length,
  };
}

/** Either everything goes on, or the person is told, and only where the forge had answered to a dead process. */
function isSettled({ needsAttention, isAnsweredBeforeKill, answered }: Outcome): boolean {
  return needsAttention ? isAnsweredBeforeKill && answered === 0 : answered === callsAtOnce;
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
  while ((await database.query(waiting)).rowCount === 0) await delay(5);
}

/** As the minutes do that the dead process had left for its renewal. */
async function letClaimEnd(database: Client): Promise<void> {
  await database.query('update connections set claim_until = 0 where claim_id is not null');
}
