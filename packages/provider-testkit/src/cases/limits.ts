import type { FaultEffect } from '@anyforge/forge-simulator';
import type { ContractCase } from '../case.js';
import { must, mustEqual, mustFail, violated } from '../checks.js';
import { collect, mustBeWhole } from '../listing.js';
import { questions } from '../questions.js';
import { rehearse } from '../rehearse.js';
import type { Forge } from '../stage/forge.js';
import { listen } from '../stage/forge.js';
import type { Facts } from '../subject.js';
import { makeCompany } from '../worlds.js';

const waitSeconds = 30;
/** Adapters may spread those who come back together over a little time. */
const mostSpreadMs = 5_000;

/** Every way in which the forge says that a request was one too many. */
function refusalsOf({ limitAnswers }: Facts, seconds: number): Readonly<Record<string, FaultEffect>> {
  const headers = { 'retry-after': String(seconds) };
  return { 'a 429': { kind: 'respond', status: 429, headers, body: {} }, ...limitAnswers?.(seconds) };
}

/** After the refusal nobody may ask before the time, and somebody must soon after it. */
function mustHaveWaited(forge: Forge, words: string): void {
  const entries = forge.requests;
  const refused = entries.find(({ status }) => status === 429 || status === 403);
  if (refused === undefined) violated(`${words}: no request was refused`);
  const times = entries.map(({ receivedAt }) => receivedAt.getTime() - refused.receivedAt.getTime());
  const early = times.filter((ms) => ms > 0 && ms < waitSeconds * 1_000);
  mustEqual(early, [], `${words}: the requests, in ms after the refusal, before the ${waitSeconds} seconds`);
  const next = times.find((ms) => ms >= waitSeconds * 1_000);
  must(
    next !== undefined && next <= waitSeconds * 1_000 + mostSpreadMs,
    `${words}: the next request came after ${next ?? 'no'} ms instead of soon after ${waitSeconds} seconds`,
  );
}

export const limitCases: readonly ContractCase[] = [
  {
    id: 'limit-obeyed',
    title: 'waits as long as the forge says when it is refused for a limit, no shorter and not much longer',
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, 2 * facts.pageSize + 7);
      const forge = await stage.start(world);
      const { positions, count } = await rehearse(forge, ada);
      for (const [name, effect] of Object.entries(refusalsOf(facts, waitSeconds))) {
        for (const nth of positions) {
          const words = `refused with ${name} at request ${nth} of ${count}`;
          forge.simulator.log.clear();
          forge.simulator.faults.add({ match: { surface: 'api', nth }, effect });
          mustBeWhole(await collect(forge.signIn(ada).session.repositories()), forge, ada);
          mustHaveWaited(forge, words);
          forge.simulator.faults.clear();
        }
      }
    },
  },
  {
    id: 'limit-date',
    title: 'understands a Retry-After that is a date',
    async run(stage) {
      const { world, ada } = makeCompany(stage.subject.facts, 3);
      const forge = await stage.start(world);
      const until = new Date(stage.clock.now().getTime() + waitSeconds * 1_000);
      forge.simulator.faults.add({
        match: { surface: 'api' },
        effect: {
          kind: 'respond',
          status: 429,
          headers: { 'retry-after': until.toUTCString(), date: stage.clock.now().toUTCString() },
          body: {},
        },
      });
      await forge.signIn(ada).session.identity();
      mustHaveWaited(forge, 'refused until a date');
    },
  },
  {
    id: 'limit-max-wait',
    title: 'throws rate_limited with the time instead of waiting longer than maxWaitMs, whatever is asked',
    async run(stage) {
      const { facts } = stage.subject;
      for (const { name, prepare } of questions) {
        const scene = prepare(facts, 0);
        for (const [refusal, effect] of Object.entries(refusalsOf(facts, waitSeconds))) {
          // A forge of its own: what was under way beside the refused request may still come.
          const forge = await stage.start(scene.world);
          forge.simulator.faults.add({ match: { surface: 'api' }, effect });
          const begin = stage.clock.now().getTime();
          const words = `${name} that may wait 10 seconds, refused with ${refusal}`;
          const asked = scene.ask(forge, forge.signIn(scene.person).session, { maxWaitMs: 10_000 });
          const error = await mustFail(asked, 'rate_limited', words);
          const { retryAt } = error.details;
          must(
            retryAt !== undefined && Math.abs(retryAt.getTime() - begin - waitSeconds * 1_000) <= 1_000,
            `${words}: retryAt is ${retryAt?.toISOString() ?? 'missing'}`,
          );
          const waitedMs = stage.clock.now().getTime() - begin;
          must(waitedMs <= 10_000, `${words}: failed only after ${waitedMs} ms`);
        }
      }
    },
  },
  {
    id: 'limit-budget',
    title: 'tells what is left of a limit, and waits when that is nothing, before it is refused',
    given: 'budgetHeaders',
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, 3);
      const forge = await stage.start(world);
      const begin = stage.clock.now().getTime();
      const left = { limit: 4_000, remaining: 0, resetAt: new Date(begin + waitSeconds * 1_000) };
      forge.simulator.faults.add({
        match: { surface: 'api' },
        effect: { kind: 'add-headers', headers: facts.budgetHeaders?.(left) ?? {} },
      });
      const { events, onEvent } = listen();
      const { session } = forge.signIn(ada);
      await session.identity({ onEvent });
      await session.identity();
      const budget = events.flatMap((event) => (event.kind === 'budget' ? [event.budget] : []))[0];
      mustEqual(
        [budget?.limit, budget?.remaining, budget?.resetAt],
        [left.limit, left.remaining, left.resetAt],
        'the budget that is told',
      );
      const after = (forge.requests[1]?.receivedAt.getTime() ?? 0) - begin;
      must(after >= waitSeconds * 1_000, `with nothing left, the next request came after ${after} ms`);
      must(
        after <= waitSeconds * 1_000 + mostSpreadMs,
        `with nothing left for ${waitSeconds} seconds, the next request came after ${after} ms`,
      );
    },
  },
  {
    id: 'limit-forever',
    title: 'gives up with rate_limited when the forge goes on refusing',
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, 3);
      for (const [name, effect] of Object.entries(refusalsOf(facts, 1))) {
        const forge = await stage.start(world);
        const times = 200;
        const fault = forge.simulator.faults.add({ match: { surface: 'api' }, times, effect });
        const words = `a listing refused with ${name} again and again`;
        await mustFail(collect(forge.signIn(ada).session.repositories()), 'rate_limited', words);
        must(fault.hits < times, `${words}: asked ${fault.hits} times`);
      }
    },
  },
  {
    id: 'limit-told',
    title: 'tells that it waits, and until when, whatever is asked',
    async run(stage) {
      const { facts } = stage.subject;
      for (const { name, prepare } of questions) {
        const scene = prepare(facts, 0);
        const forge = await stage.start(scene.world);
        for (const [refusal, effect] of Object.entries(refusalsOf(facts, waitSeconds))) {
          forge.simulator.faults.add({ match: { surface: 'api' }, effect });
          const { events, onEvent } = listen();
          const begin = stage.clock.now().getTime();
          await scene.ask(forge, forge.signIn(scene.person).session, { onEvent });
          const [waiting] = events.flatMap((event) => (event.kind === 'waiting' ? [event] : []));
          must(
            waiting !== undefined,
            `the events of waiting of ${name}, refused with ${refusal}: there are none`,
          );
          mustEqual(
            Math.round((waiting.until.getTime() - begin) / 1_000),
            waitSeconds,
            `the seconds that are told of ${name}, refused with ${refusal}`,
          );
        }
      }
    },
  },
  {
    id: 'limit-shared',
    title: 'keeps every session with the same key away while one of them waits',
    async run(stage) {
      const { world, ada } = makeCompany(stage.subject.facts, 3);
      const forge = await stage.start(world);
      const provider = forge.provider();
      const [one, other] = [forge.started.issue(ada), forge.started.issue(ada)].map((credential) =>
        provider.signIn(credential, { key: 'ada' }),
      );
      if (one === undefined || other === undefined) throw new Error('there are two sessions');
      forge.simulator.faults.add({
        match: { surface: 'api' },
        effect: {
          kind: 'respond',
          status: 429,
          headers: { 'retry-after': String(waitSeconds) },
          body: {},
        },
      });
      let second: Promise<unknown> | undefined;
      await one.identity({
        onEvent: ({ kind }) => {
          if (kind === 'waiting') second ??= other.identity();
        },
      });
      must(second !== undefined, 'nothing tells that the first session waits');
      await second;
      mustHaveWaited(forge, 'two sessions of one account');
      const [refused, ...later] = forge.requests.map(({ receivedAt }) => receivedAt.getTime());
      const early = later.filter((time) => time - (refused ?? 0) < waitSeconds * 1_000);
      mustEqual(early, [], `the requests of both before the ${waitSeconds} seconds have passed`);
    },
  },
];
