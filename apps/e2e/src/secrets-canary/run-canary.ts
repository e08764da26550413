import { newTestDatabase, startTestPostgres } from '@anyforge/test-postgres';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useForge } from './flows/forges.js';
import { makeMistakes } from './flows/mistakes.js';
import { comeFirst, people } from './flows/people.js';
import { failToStart } from './flows/settings.js';
import { synchronize } from './flows/syncs.js';
import { readPostgres } from './read-postgres.js';
import type { Evidence, Find } from './searcher.js';
import { Searcher } from './searcher.js';
import { Stage } from './stage.js';
import type { Visitor } from './visitor.js';
import type { WatchedForge } from './watched-forges.js';
import { startWatchedForge } from './watched-forges.js';

export interface CanaryRun {
  readonly database: 'sqlite' | 'postgres';
  readonly forges: readonly string[];
  /** Whether the files of the PostgreSQL are on this machine, and may be read. */
  readonly filesAreOurs: boolean;
}

/** What was put in, what was searched, and what was found. */
export interface CanaryReport extends CanaryRun {
  readonly canaries: readonly { readonly name: string; readonly shownIn: readonly string[] }[];
  /** How many ways of writing them were looked for. */
  readonly forms: number;
  /** By kind of evidence. */
  readonly searched: ReadonlyMap<string, { readonly pieces: number; readonly bytes: number }>;
  readonly finds: readonly Find[];
  /** Whether a secret that was written among the evidence on purpose was found there. */
  readonly searchWorks: boolean;
}

/** Puts secrets through every flow and every failure of a server, and looks for them in all that comes out of it. */
export async function runCanary(run: CanaryRun): Promise<CanaryReport> {
  const folder = await mkdtemp(join(tmpdir(), 'anyforge-canary-'));
  const postgres = run.database === 'postgres' ? await startTestPostgres() : undefined;
  const databaseUrl = postgres && (await newTestDatabase(postgres.url));
  const running: WatchedForge[] = [];
  const stage = new Stage(folder, databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl });
  try {
    for (const type of run.forges) running.push(await startWatchedForge(type, stage.canaries));
    await act(stage, running, run.database === 'sqlite');
    if (databaseUrl !== undefined)
      for (const evidence of await readPostgres(databaseUrl, run.filesAreOurs)) stage.add(evidence);
    return report(run, stage);
  } finally {
    await stage.close();
    for (const { simulator } of running) await simulator.close();
    await postgres?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param byVisit whether the administrator comes in by the first visit, or is named in the settings. */
async function act(stage: Stage, forges: readonly WatchedForge[], byVisit: boolean): Promise<void> {
  const password = stage.invent('password of the administrator');
  const account = byVisit ? {} : { ADMIN_USERNAME: 'root', ADMIN_PASSWORD: password };
  await failToStart(stage);
  await stage.start(account);
  const administrator = await comeFirst(stage, password, byVisit);
  const everybody = await people(stage, administrator);
  const used: { readonly forge: WatchedForge; readonly id: string }[] = [];
  for (const forge of forges) used.push({ forge, id: await useForge(stage, forge, everybody) });
  await makeMistakes(stage, everybody);
  await keepTrail(stage, everybody.member);
  await keepTrail(stage, administrator);
  for (const { forge, id } of used.slice(0, 1)) await crash(stage, forge, everybody.member, id);
  await stage.start(account);
  await stage.end('stop');
}

/** The process dies in the middle of a sign-in with a token and of a sync. */
async function crash(stage: Stage, forge: WatchedForge, member: Visitor, id: string): Promise<void> {
  const path = `/api/v1/git-providers/${id}/connection`;
  await member.expect(200, 'PUT', path, { body: forge.newToken() });
  let cutOff: Promise<unknown> | undefined;
  await forge.spoiling({ kind: 'hang-before-headers' }, async () => {
    const { log } = forge.simulator;
    const before = new Set(log.entries);
    const asked = log.waitFor((entry) => !before.has(entry));
    cutOff = Promise.allSettled([member.ask('PUT', path, { body: forge.newToken() }), synchronize(member)]);
    await asked;
    await stage.end('kill');
  });
  await cutOff;
}

async function keepTrail(stage: Stage, visitor: Visitor): Promise<void> {
  const { text } = await visitor.expect(200, 'GET', '/api/v1/audit-events?limit=200');
  stage.add({ kind: 'audit trail', label: 'audit trail', bytes: Buffer.from(text) });
}

function report(run: CanaryRun, stage: Stage): CanaryReport {
  const canaries = stage.canaries.all;
  const searcher = new Searcher(canaries);
  const searched = new Map<string, { pieces: number; bytes: number }>();
  const finds: Find[] = [];
  for (const evidence of stage.evidence) {
    const { pieces, bytes } = searched.get(evidence.kind) ?? { pieces: 0, bytes: 0 };
    searched.set(evidence.kind, { pieces: pieces + 1, bytes: bytes + evidence.bytes.length });
    finds.push(...searcher.search(evidence));
  }
  return {
    ...run,
    canaries: canaries.map(({ name, shownIn }) => ({ name, shownIn: [...shownIn] })),
    forms: searcher.forms,
    searched,
    finds,
    searchWorks: proveSearch(stage, searcher),
  };
}

/** Each secret, written in the middle of real evidence, has to be found there. */
function proveSearch(stage: Stage, searcher: Searcher): boolean {
  const [around] = stage.evidence.filter(({ kind }) => kind === 'log');
  const half = Math.floor((around?.bytes.length ?? 0) / 2);
  return stage.canaries.all.every(({ name, value }) => {
    const bytes = Buffer.concat([
      around?.bytes.subarray(0, half) ?? Buffer.alloc(0),
      Buffer.from(Buffer.from(`planted:${value}`).toString('base64')),
    ]).subarray(Math.max(0, half - 1000));
    const planted: Evidence = { kind: 'proof', label: 'planted on purpose', bytes };
    return searcher.search(planted).some(({ canary }) => canary === name);
  });
}
