import type { ErrorKind } from '@anyforge/core';
import { inspect } from 'node:util';
import type { ContractCase } from '../case.js';
import { failureOf, must, mustEqual, mustFail, textsOf, violated } from '../checks.js';
import { listen } from '../stage/forge.js';
import { prepareSignIn, redirectUri, state } from '../stage/sign-in.js';

const anHourMs = 60 * 60 * 1_000;
const strays: readonly ErrorKind[] = ['invalid_request', 'access_denied', 'invalid_response'];

/** A callback with one parameter changed. */
function withParameter(callbackUrl: string, name: string, value: string | undefined): string {
  const url = new URL(callbackUrl);
  if (value === undefined) url.searchParams.delete(name);
  else url.searchParams.set(name, value);
  return url.href;
}

export const oauthRefusalCases: readonly ContractCase[] = [
  {
    id: 'oauth-denied',
    title: 'says access_denied when the person refuses, and asks nothing of the forge',
    needs: ['oauth'],
    async run(stage) {
      const scene = await prepareSignIn(stage);
      const begun = await scene.begin({ deny: true });
      await mustFail(scene.finish(begun), 'access_denied', 'a sign-in that was refused');
      mustEqual(stage.wire.sent.length, 0, 'the requests after the person refused');
    },
  },
  {
    id: 'oauth-state',
    title: 'refuses a callback with another state, or none, before it spends the code',
    needs: ['oauth'],
    async run(stage) {
      const scene = await prepareSignIn(stage);
      const begun = await scene.begin();
      for (const other of ['another-state', '', undefined]) {
        const callbackUrl = withParameter(begun.callbackUrl, 'state', other);
        await mustFail(
          scene.finish({ ...begun, callbackUrl }),
          strays,
          `a callback with state ${other ?? 'missing'}`,
        );
      }
      const asked = { ...begun, redirectUri, state: 'another-state' };
      await mustFail(scene.flow.finish(asked), strays, 'finishing with a state that was not begun with');
      mustEqual(scene.posts.length, 0, 'the codes spent for another state');
    },
  },
  {
    id: 'oauth-other-sign-in',
    title: 'refuses to finish one sign-in with the transaction of another',
    needs: ['oauth'],
    async run(stage) {
      const scene = await prepareSignIn(stage);
      const begun = await scene.begin();
      const other = await scene.flow.start({ redirectUri, state: 'the-state-of-another' });
      await mustFail(
        scene.finish({ ...begun, transaction: other.transaction }),
        strays,
        "another's transaction",
      );
      await mustFail(scene.finish({ ...begun, transaction: 'nonsense' }), strays, 'no transaction at all');
      mustEqual(scene.posts.length, 0, 'the codes spent for another transaction');
    },
  },
  {
    id: 'oauth-other-redirect',
    title: 'refuses to finish at another redirect URI than it was begun with',
    needs: ['oauth'],
    async run(stage) {
      const scene = await prepareSignIn(stage);
      const begun = await scene.begin();
      const elsewhere = { ...begun, redirectUri: 'https://other.example/callback', state };
      await mustFail(scene.flow.finish(elsewhere), [...strays, 'redirect_rejected'], 'another redirect URI');
      const callbackUrl = begun.callbackUrl.replace('hub.example', 'evil.example');
      await mustFail(scene.finish({ ...begun, callbackUrl }), strays, 'a callback at another address');
      mustEqual(scene.posts.length, 0, 'the codes spent for another redirect URI');
    },
  },
  {
    id: 'oauth-unregistered-redirect',
    title: 'says redirect_rejected when the forge tells that it does not know the redirect URI',
    needs: ['oauth', 'redirectRefusal'],
    async run(stage) {
      const scene = await prepareSignIn(stage);
      const unknown = 'https://unregistered.example/callback';
      const { callbackUrl, transaction } = await scene.begin({}, scene.flow, unknown);
      const work = scene.flow.finish({ callbackUrl, redirectUri: unknown, state, transaction });
      await mustFail(work, 'redirect_rejected', 'a redirect URI that is not registered');
    },
  },
  {
    id: 'oauth-replayed',
    title: 'says grant_expired to a code that was used before',
    needs: ['oauth'],
    async run(stage) {
      const scene = await prepareSignIn(stage);
      const begun = await scene.begin();
      await scene.finish(begun);
      await mustFail(scene.finish(begun), 'grant_expired', 'a code that was used before');
    },
  },
  {
    id: 'oauth-code-expired',
    title: 'says grant_expired to a code that is too old',
    needs: ['oauth'],
    async run(stage) {
      const scene = await prepareSignIn(stage);
      const begun = await scene.begin();
      stage.clock.advance(anHourMs);
      await mustFail(scene.finish(begun), 'grant_expired', 'a code that is an hour old');
    },
  },
  {
    id: 'oauth-wrong-secret',
    title: 'says client_rejected when the client secret is no good, at sign-in and at refresh',
    needs: ['oauth'],
    async run(stage) {
      const scene = await prepareSignIn(stage);
      const credential = await scene.signIn();
      const begun = await scene.begin();
      scene.forge.simulator.oauth.rotateSecret(scene.client);
      await mustFail(scene.finish(begun), 'client_rejected', 'a sign-in with a secret that is no good');
      if (credential.refreshToken !== undefined)
        await mustFail(
          scene.flow.refresh(credential),
          'client_rejected',
          'a refresh with a secret that is no good',
        );
    },
  },
  {
    id: 'oauth-issuer',
    title: 'refuses a callback that another server sent',
    needs: ['oauth', 'issuer'],
    async run(stage) {
      const scene = await prepareSignIn(stage);
      await scene.signIn();
      const spent = scene.posts.length;
      const begun = await scene.begin();
      const callbackUrl = withParameter(begun.callbackUrl, 'iss', 'https://evil.example');
      await mustFail(scene.finish({ ...begun, callbackUrl }), strays, 'a callback of another server');
      mustEqual(scene.posts.length - spent, 0, 'the codes spent for another server');
    },
  },
  {
    id: 'oauth-grant-ended',
    title: 'says grant_expired when the forge knows the refresh token no more',
    needs: ['refresh'],
    async run(stage) {
      const scene = await prepareSignIn(stage);
      const credential = await scene.signIn();
      scene.forge.simulator.oauth.revokeGrants(() => true);
      await mustFail(scene.flow.refresh(credential), 'grant_expired', 'a refresh of a grant that has ended');
    },
  },
  {
    id: 'oauth-secrets',
    title: 'shows no code, token or client secret in errors, events, log lines or the provider',
    needs: ['oauth'],
    async run(stage) {
      const scene = await prepareSignIn(stage);
      const { forge, flow, oauth } = scene;
      const credential = await scene.signIn();
      const begun = await scene.begin();
      const code = new URL(begun.callbackUrl).searchParams.get('code') ?? '';
      const { events, onEvent } = listen();
      const shown: { readonly words: string; readonly value: unknown }[] = [
        { words: 'the provider', value: forge.provider({ config: { oauth } }) },
        { words: 'the flow', value: flow },
      ];
      const calls = [
        {
          name: 'finish()',
          secrets: [code, oauth.clientSecret],
          call: () => flow.finish({ ...begun, redirectUri, state }, { onEvent }),
        },
        {
          name: 'refresh()',
          secrets: [credential.accessToken, credential.refreshToken, oauth.clientSecret],
          call: () => flow.refresh(credential, { onEvent }),
        },
      ].map((each) => ({ ...each, secrets: each.secrets.filter((secret) => secret !== undefined) }));
      for (const status of [200, 400, 401, 500]) {
        for (const { name, call, secrets } of calls) {
          const message = `these are no good: ${secrets.join(' ')}`;
          const fault = forge.simulator.faults.add({
            match: { method: 'POST' },
            times: Infinity,
            effect: {
              kind: 'respond',
              status,
              headers: { 'x-request-id': message, 'x-github-request-id': message },
              body: { error: 'invalid_grant', error_description: message, message },
            },
          });
          const failure = await failureOf(call());
          if (failure === undefined) violated(`${name} succeeded with an error as the answer`);
          shown.push({ words: `the error of ${name} after a ${status}`, value: failure.reason });
          fault.remove();
        }
      }
      must(events.length > 0, 'nothing was told');
      shown.push({ words: 'an event', value: events }, { words: 'a line of the log', value: forge.logged });
      for (const { words, value } of shown) {
        const texts = [...textsOf(value), inspect(value, { depth: 20, showHidden: true })];
        for (const secret of calls.flatMap(({ secrets }) => secrets))
          must(!texts.some((text) => text.includes(secret)), `${words} shows a secret`);
      }
    },
  },
];
