import type { ErrorKind } from '@anyforge/core';
import type { FaultEffect } from '@anyforge/forge-simulator';
import type { ContractCase } from '../case.js';
import { failureOf, must, mustEqual, mustFail, mustSucceed } from '../checks.js';
import { collect, mustBeWhole } from '../listing.js';
import type { Scene } from '../questions.js';
import { longQuestions, questions } from '../questions.js';
import { rehearseScene } from '../rehearse.js';
import type { Forge } from '../stage/forge.js';
import { listen } from '../stage/forge.js';
import type { Stage } from '../stage/stage.js';
import { makeCompany } from '../worlds.js';

interface Trouble {
  readonly id: string;
  readonly words: string;
  readonly effect: FaultEffect;
}

/** Keeps the marks of the forge in the headers, and changes what is said. */
function answerWith(status: number, body: unknown): FaultEffect {
  return {
    kind: 'edit',
    edit: ({ headers }) => {
      const kept = Object.entries(headers).filter(
        ([name]) => !['link', 'etag', 'content-length'].includes(name),
      );
      const type = { 'content-type': 'application/json; charset=utf-8' };
      return { status, headers: { ...Object.fromEntries(kept), ...type }, body: JSON.stringify(body) };
    },
  };
}

const passing: readonly Trouble[] = [
  { id: 'reset', words: 'a connection that is reset', effect: { kind: 'reset' } },
  { id: 'cut-body', words: 'a body that breaks off', effect: { kind: 'cut-body' } },
  { id: 'html-502', words: 'an error page of a proxy', effect: { kind: 'html-page', status: 502 } },
  { id: 'error-500', words: 'an error of the forge', effect: answerWith(500, {}) },
  { id: 'error-503', words: 'a forge that is out of order', effect: answerWith(503, {}) },
];

const lasting: readonly (Trouble & { readonly kinds: readonly ErrorKind[]; readonly again: boolean })[] = [
  {
    id: 'reset',
    words: 'connections are reset',
    effect: { kind: 'reset' },
    kinds: ['network'],
    again: true,
  },
  {
    id: 'cut-body',
    words: 'bodies break off',
    effect: { kind: 'cut-body' },
    kinds: ['network'],
    again: true,
  },
  {
    id: 'error-502',
    words: 'a proxy shows its error page',
    effect: { kind: 'html-page', status: 502 },
    kinds: ['unavailable'],
    again: true,
  },
  {
    id: 'error-500',
    words: 'the forge fails',
    effect: answerWith(500, {}),
    kinds: ['unavailable'],
    again: true,
  },
  {
    id: 'cut-json',
    words: 'its JSON stops in the middle',
    effect: { kind: 'cut-json' },
    kinds: ['invalid_response'],
    again: false,
  },
  {
    id: 'html-200',
    words: 'a page of HTML comes with a 200',
    effect: { kind: 'html-page', status: 200 },
    kinds: ['invalid_response'],
    again: false,
  },
  {
    id: 'null',
    words: 'null comes instead of a list',
    effect: answerWith(200, null),
    kinds: ['invalid_response'],
    again: false,
  },
  {
    id: 'wrong-shape',
    words: 'something else comes instead of a list',
    effect: answerWith(200, { unexpected: true }),
    kinds: ['invalid_response'],
    again: false,
  },
  {
    id: 'gone',
    words: 'the endpoint has been removed',
    effect: answerWith(410, {}),
    kinds: ['endpoint_removed'],
    again: false,
  },
];

/** The rest of a listing may be under way when its first page fails. */
const pagesAtOnce = 12;
const mostAttempts = 12;

interface Place extends Scene {
  readonly forge: Forge;
  /** What goes wrong where, in words. */
  readonly where: string;
  /** How often the fault was met. */
  readonly hits: () => number;
}

/** Lets something go wrong from one request of every listing on: its first, one in the middle and its last. */
async function atEveryPlace(
  stage: Stage,
  fault: { readonly effect: FaultEffect; readonly times: number },
  then: (place: Place) => Promise<void>,
): Promise<void> {
  for (const { name, prepare } of longQuestions) {
    const scene = prepare(stage.subject.facts);
    const forge = await stage.start(scene.world);
    const { count, positions } = await rehearseScene(forge, scene);
    for (const nth of positions) {
      const scripted = forge.simulator.faults.add({ match: { surface: 'api', nth }, ...fault });
      const where = `at request ${nth} of ${count} of ${name}`;
      await then({ ...scene, forge, where, hits: () => scripted.hits });
      scripted.remove();
    }
  }
}

const recoveries = passing.map(({ id, words, effect }): ContractCase => ({
  id: `recovers-${id}`,
  title: `recovers from ${words}, and tells that it asks again`,
  run: (stage) =>
    atEveryPlace(stage, { effect, times: 2 }, async ({ forge, person, ask, where }) => {
      const { events, onEvent } = listen();
      const check = await mustSucceed(
        ask(forge, forge.signIn(person).session, { onEvent }),
        `listing with ${words} twice ${where}`,
      );
      check();
      must(
        events.some(({ kind }) => kind === 'retry'),
        `nothing tells that it asked again after ${words} ${where}`,
      );
    }),
}));

const endings = lasting.map(({ id, words, effect, kinds, again }): ContractCase => ({
  id: `fails-${id}`,
  title: `throws ${kinds.join(' or ')} rather than end a listing early when ${words}`,
  run: (stage) =>
    atEveryPlace(stage, { effect, times: Infinity }, async ({ forge, person, ask, where, hits }) => {
      const listing = ask(forge, forge.signIn(person).session);
      const { details } = await mustFail(listing, kinds, `listing while ${words} ${where}`);
      mustEqual(details.provider, stage.subject.plugin.type, 'the provider that the error names');
      if (again) must(hits() > 1, `asked only once while ${words} ${where}`);
      else must(hits() <= pagesAtOnce, `asked ${hits()} times for what cannot pass, ${where}`);
      must(hits() <= pagesAtOnce * mostAttempts, `asked ${hits()} times while ${words} ${where}`);
    }),
}));

interface LoneTrouble {
  readonly words: string;
  readonly effect: FaultEffect;
  readonly kind: ErrorKind;
}

/** What one address answers for good while all others are well: an error, and one of the rest in turn. */
function loneTroubles(turn: number): readonly LoneTrouble[] {
  return turn % 2 === 0 ? [lone.error, lone.nonsense] : [lone.error, lone.limit];
}

const lone = {
  error: { words: 'an error of the forge', effect: answerWith(500, {}), kind: 'unavailable' },
  nonsense: {
    words: 'something else than it should',
    effect: answerWith(200, null),
    kind: 'invalid_response',
  },
  limit: {
    words: 'that it is one request too many',
    effect: { kind: 'respond', status: 429, headers: { 'retry-after': '3600' }, body: {} },
    kind: 'rate_limited',
  },
} as const satisfies Record<string, LoneTrouble>;

export const failureCases: readonly ContractCase[] = [
  ...recoveries,
  ...endings,
  {
    id: 'one-address',
    title: 'fails, or is right all the same, when one address alone answers nothing of use, whichever it is',
    async run(stage) {
      for (const { name, prepare } of questions) {
        const scene = prepare(stage.subject.facts, 1);
        const forge = await stage.start(scene.world);
        const { addresses } = await rehearseScene(forge, scene);
        for (const [index, { path, query }] of addresses.entries()) {
          for (const { words, effect, kind } of loneTroubles(index)) {
            const where = `${name} while ${path} (${new URLSearchParams(query).toString()}) answers ${words}`;
            const fault = forge.simulator.faults.add({
              match: { surface: 'api', path, query },
              times: Infinity,
              effect,
            });
            let check = (): void => undefined;
            const asking = async (): Promise<void> => {
              check = await scene.ask(forge, forge.signIn(scene.person).session);
            };
            const failure = await failureOf(asking());
            must(fault.hits > 0, `${where}: was not asked there`);
            if (failure !== undefined) await mustFail(Promise.reject(failure.reason), kind, where);
            check();
            fault.remove();
          }
        }
      }
    },
  },
  ...(['headers', 'body'] as const).map((at): ContractCase => ({
    id: `timeout-${at}`,
    title: `throws timeout when the forge sends no ${at} any more`,
    async run(stage) {
      for (const { name, prepare } of longQuestions) {
        const scene = prepare(stage.subject.facts);
        const forge = await stage.start(scene.world);
        const { positions } = await rehearseScene(forge, scene);
        for (const nth of positions) {
          const begin = stage.wire.sent.length;
          stage.wire.stall(() => stage.wire.sent.length - begin >= nth, at);
          const listing = scene.ask(forge, forge.signIn(scene.person).session);
          await mustFail(listing, 'timeout', `${name} while no ${at} come from request ${nth} on`);
          stage.wire.clearStalls();
        }
      }
    },
  })),
  {
    id: 'recovers-silence',
    title: 'asks again when the forge was silent once',
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, facts.pageSize + 7);
      const forge = await stage.start(world);
      const stall = stage.wire.stall(() => stall.hits === 0);
      mustBeWhole(await collect(forge.signIn(ada).session.repositories()), forge, ada);
    },
  },
  {
    id: 'retry-after-503',
    title: 'stays away as long as a forge that is out of order says',
    async run(stage) {
      const { world, ada } = makeCompany(stage.subject.facts, 3);
      const forge = await stage.start(world);
      forge.simulator.faults.add({
        match: { surface: 'api' },
        effect: { kind: 'respond', status: 503, headers: { 'retry-after': '20' }, body: {} },
      });
      const begin = stage.clock.now().getTime();
      await forge.signIn(ada).session.identity();
      const next = forge.requests[1]?.receivedAt.getTime() ?? 0;
      must(next - begin >= 20_000, `came back after ${next - begin} ms instead of 20 seconds`);
    },
  },
];
