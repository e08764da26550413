import type { ErrorKind } from '@anyforge/core';
import type { FaultEffect } from '@anyforge/forge-simulator';
import type { ContractCase } from '../case.js';
import { mustEqual, mustFail, mustRejectWith } from '../checks.js';
import type { SignInStage } from '../stage/sign-in.js';
import { prepareSignIn, redirectUri, state } from '../stage/sign-in.js';

/** What can happen to the answer of the token endpoint. */
const mishaps: readonly {
  readonly id: string;
  readonly words: string;
  readonly effect: FaultEffect;
  readonly kinds: readonly ErrorKind[];
}[] = [
  { id: 'reset', words: 'the connection is reset', effect: { kind: 'reset' }, kinds: ['network'] },
  { id: 'cut-body', words: 'the answer breaks off', effect: { kind: 'cut-body' }, kinds: ['network'] },
  {
    id: 'html-502',
    words: 'a proxy shows its error page',
    effect: { kind: 'html-page', status: 502 },
    kinds: ['unavailable'],
  },
  {
    id: 'html-200',
    words: 'a page of HTML comes with a 200',
    effect: { kind: 'html-page', status: 200 },
    // Of a page for maintenance the one says that it passes, the other that it is no answer.
    kinds: ['invalid_response', 'unavailable'],
  },
  {
    id: 'limited',
    words: 'the forge says that it was asked too often',
    effect: { kind: 'respond', status: 429, headers: { 'retry-after': '30' }, body: {} },
    kinds: ['rate_limited'],
  },
];

/** The requests whose answer must not be asked for twice, by name. */
const exchanges: Readonly<
  Record<'finish' | 'refresh', (scene: SignInStage) => Promise<() => Promise<unknown>>>
> = {
  finish: async (scene) => {
    const begun = await scene.begin();
    return () => scene.finish(begun);
  },
  refresh: async (scene) => {
    const credential = await scene.signIn();
    return () => scene.flow.refresh(credential);
  },
};

export const lostAnswerCases: readonly ContractCase[] = [
  ...(['finish', 'refresh'] as const).flatMap((name) =>
    mishaps.map(({ id, words, effect, kinds }): ContractCase => ({
      id: `oauth-${name}-${id}`,
      title: `sends the request of ${name}() once and throws ${kinds.join(' or ')} when ${words}`,
      needs: name === 'refresh' ? ['oauth', 'refresh'] : ['oauth'],
      async run(stage) {
        const scene = await prepareSignIn(stage);
        const exchange = await exchanges[name](scene);
        const before = scene.posts.length;
        scene.forge.simulator.faults.add({ match: { method: 'POST' }, times: Infinity, effect });
        await mustFail(exchange(), kinds, `${name}() while ${words}`);
        mustEqual(scene.posts.length - before, 1, `the requests of ${name}() while ${words}`);
      },
    })),
  ),
  {
    id: 'oauth-timeout',
    title: 'sends the request of refresh() once when the forge never answers',
    needs: ['refresh'],
    async run(stage) {
      const scene = await prepareSignIn(stage);
      const credential = await scene.signIn();
      const stall = stage.wire.stall(({ method }) => method === 'POST');
      await mustFail(scene.flow.refresh(credential), 'timeout', 'a refresh that nobody answers');
      mustEqual(stall.hits, 1, 'the requests of a refresh that nobody answers');
    },
  },
  {
    id: 'oauth-abort',
    title: 'rejects with the reason when finishing is cancelled, before and meanwhile',
    needs: ['oauth'],
    async run(stage) {
      const scene = await prepareSignIn(stage);
      const begun = await scene.begin();
      const reason = new Error('enough');
      const request = { ...begun, redirectUri, state };
      await mustRejectWith(
        scene.flow.finish(request, { signal: AbortSignal.abort(reason) }),
        reason,
        'finishing what was cancelled before',
      );
      mustEqual(scene.posts.length, 0, 'the codes spent although it was cancelled before');
      const controller = new AbortController();
      const stall = stage.wire.stall(({ method }) => method === 'POST');
      const outcome = mustRejectWith(
        scene.flow.finish(request, { signal: controller.signal }),
        reason,
        'finishing what is cancelled meanwhile',
      );
      await Promise.race([stall.met(), outcome]);
      controller.abort(reason);
      await outcome;
      mustEqual(stall.hits, 1, 'the requests of what was cancelled');
    },
  },
];
