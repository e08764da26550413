import type { CallOptions, GitSession } from '@anyforge/core';
import type { ContractCase } from '../case.js';
import { failureOf, must, mustEqual, mustRejectWith } from '../checks.js';
import { collect } from '../listing.js';
import { questions } from '../questions.js';
import { rehearseScene } from '../rehearse.js';
import { turns } from '../stage/stage-clock.js';
import { makeCompany } from '../worlds.js';

/** Long enough for anything that would still be sent to be sent. */
const aWhile = 200;

/** Of a call that sends very many, these are tried. */
const mostRequests = 12;

/** Everything that a session can be asked, each with a repository that is there. */
const calls: Readonly<
  Record<string, (session: GitSession, path: string, options: CallOptions) => Promise<unknown>>
> = {
  identity: (session, _, options) => session.identity(options),
  organizations: (session, _, options) => collect(session.organizations(options)),
  repositories: (session, _, options) => collect(session.repositories({}, options)),
  repository: (session, path, options) => session.repository({ path }, options),
  permissions: (session, path, options) => collect(session.permissions({ path }, options)),
  gitCredential: (session, _, options) => session.gitCredential(options),
};

const reasons: readonly unknown[] = [
  'a reason of the caller',
  new Error('closed'),
  new DOMException('left', 'AbortError'),
  { code: 7 },
];

export const leavingCases: readonly ContractCase[] = [
  {
    id: 'lazy',
    title: 'asks for nothing before somebody asks for the first item',
    async run(stage) {
      const { world, ada } = makeCompany(stage.subject.facts, 3);
      const forge = await stage.start(world);
      const { session } = forge.signIn(ada);
      const listings = [session.repositories(), session.organizations()];
      const iterators = listings.flatMap((each) => [
        each[Symbol.asyncIterator](),
        each.pages()[Symbol.asyncIterator](),
      ]);
      await turns(aWhile);
      mustEqual(stage.wire.sent.length, 0, 'the requests before the first next()');
      await iterators[0]?.next();
      must(stage.wire.sent.length > 0, 'no request is sent at the first next()');
    },
  },
  {
    id: 'lazy-again',
    title: 'begins anew with every loop over the same listing',
    async run(stage) {
      const { world, ada } = makeCompany(stage.subject.facts, 3);
      const forge = await stage.start(world);
      const listing = forge.signIn(ada).session.repositories();
      const first = await collect(listing);
      mustEqual(await collect(listing), first, 'what the second loop lists');
    },
  },
  {
    id: 'break-stops',
    title: 'sends nothing more once the loop is left',
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, 3 * facts.pageSize);
      const forge = await stage.start(world);
      for await (const repository of forge.signIn(ada).session.repositories()) {
        must(repository.id !== '', 'a repository without an id');
        break;
      }
      const sent = stage.wire.sent.length;
      await turns(aWhile);
      mustEqual(stage.wire.sent.length, sent, 'the requests sent after the loop was left');
      must(!stage.wire.isBusy, 'a request is still under way after the loop was left');
    },
  },
  {
    id: 'return-stops-waiting',
    title: 'stops what it waits for when it is left meanwhile',
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, 3 * facts.pageSize);
      const forge = await stage.start(world);
      const stall = stage.wire.stall(() => true);
      const iterator = forge.signIn(ada).session.repositories()[Symbol.asyncIterator]();
      const next = failureOf(iterator.next());
      await stall.met();
      await iterator.return?.();
      mustEqual(stall.holding, 0, 'the requests still waited for after the listing was left');
      await next;
    },
  },
  {
    id: 'abort-before',
    title: 'rejects every call whose signal has aborted before with its reason, and sends nothing',
    async run(stage) {
      const { world, ada, repositories } = makeCompany(stage.subject.facts, 3);
      const forge = await stage.start(world);
      const path = repositories[0] && forge.names.repositoryPath(repositories[0]);
      const { session } = forge.signIn(ada);
      for (const [name, call] of Object.entries(calls)) {
        const reason = new Error('too late');
        await mustRejectWith(call(session, path ?? '', { signal: AbortSignal.abort(reason) }), reason, name);
      }
      const reason = new Error('too late');
      await mustRejectWith(forge.provider().probe({ signal: AbortSignal.abort(reason) }), reason, 'probe');
      mustEqual(stage.wire.sent.length, 0, 'the requests of calls that were cancelled before');
    },
  },
  {
    id: 'abort-during',
    title: 'rejects a call that is cancelled while the forge is silent with the very reason, at once',
    async run(stage) {
      const { world, ada, repositories } = makeCompany(stage.subject.facts, 3);
      const forge = await stage.start(world);
      const path = repositories[0] && forge.names.repositoryPath(repositories[0]);
      const { session } = forge.signIn(ada);
      for (const [index, [name, call]] of Object.entries(calls).entries()) {
        if (name === 'gitCredential') continue;
        const reason = reasons[index % reasons.length];
        const controller = new AbortController();
        const stall = stage.wire.stall(() => true);
        const work = call(session, path ?? '', { signal: controller.signal });
        const outcome = mustRejectWith(work, reason, `${name}, cancelled`);
        await Promise.race([stall.met(), outcome]);
        const { hits } = stall;
        controller.abort(reason);
        await outcome;
        mustEqual(stall.holding, 0, `the requests of ${name} still waited for after it was cancelled`);
        await turns(aWhile);
        mustEqual(stall.hits, hits, `the requests of ${name}, those after it was cancelled included`);
        stage.wire.clearStalls();
      }
    },
  },
  {
    id: 'abort-anywhere',
    title: 'rejects with the reason at whichever of its requests a call is cancelled',
    async run(stage) {
      for (const { name, prepare } of questions) {
        const scene = prepare(stage.subject.facts, 1);
        const forge = await stage.start(scene.world);
        const { count } = await rehearseScene(forge, scene);
        for (let nth = 1; nth <= Math.min(count, mostRequests); nth += 1) {
          const begin = stage.wire.sent.length;
          const controller = new AbortController();
          const reason = new Error('enough');
          const stall = stage.wire.stall(() => stage.wire.sent.length - begin >= nth);
          const work = scene.ask(forge, forge.signIn(scene.person).session, { signal: controller.signal });
          const words = `${name}, cancelled at request ${nth} of ${count}`;
          const outcome = mustRejectWith(work, reason, words);
          await Promise.race([stall.met(), outcome]);
          const { hits } = stall;
          controller.abort(reason);
          await outcome;
          await turns(aWhile);
          mustEqual(stall.holding, 0, `${words}: the requests still waited for`);
          mustEqual(stall.hits, hits, `${words}: the requests, those after it was cancelled included`);
          stage.wire.clearStalls();
        }
      }
    },
  },
  {
    id: 'abort-between',
    title: 'rejects with the reason when it is cancelled between two pages',
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, 3 * facts.pageSize);
      const forge = await stage.start(world);
      const { session } = forge.signIn(ada);
      const controller = new AbortController();
      const reason = new Error('enough');
      const listing = session.repositories({}, { signal: controller.signal }).pages()[Symbol.asyncIterator]();
      const first = await listing.next();
      must(first.done !== true, 'the listing of three pages has no first page');
      controller.abort(reason);
      await mustRejectWith(listing.next(), reason, 'the next page after cancelling');
      const sent = stage.wire.sent.length;
      await turns(aWhile);
      mustEqual(stage.wire.sent.length, sent, 'the requests sent after the listing was cancelled');
    },
  },
  {
    id: 'abort-waiting',
    title: 'rejects with the reason when it is cancelled while it waits for a rate limit',
    async run(stage) {
      const { world, ada } = makeCompany(stage.subject.facts, 3);
      const forge = await stage.start(world);
      forge.simulator.faults.add({
        match: { surface: 'api' },
        effect: { kind: 'respond', status: 429, headers: { 'retry-after': '30' }, body: {} },
      });
      const controller = new AbortController();
      const reason = new Error('enough');
      const before = stage.clock.now();
      const work = forge.signIn(ada).session.identity({
        signal: controller.signal,
        onEvent: ({ kind }) => {
          if (kind === 'waiting') controller.abort(reason);
        },
      });
      await mustRejectWith(work, reason, 'a call that waits for a limit');
      mustEqual(stage.clock.now(), before, 'the time at which the cancelled call rejected');
      mustEqual(stage.wire.sent.length, 1, 'the requests of the cancelled call');
    },
  },
];
