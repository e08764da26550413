import { createRenewableCredential } from '@anyforge/provider-kit/credentials';
import type { ContractCase } from '../case.js';
import { must, mustEqual, mustFail, mustSucceed } from '../checks.js';
import { prepareSignIn, redirectUri, state } from '../stage/sign-in.js';
import { makeCompany } from '../worlds.js';

/** Longer than any old refresh token goes on working beside the new one. */
const aDayMs = 24 * 60 * 60 * 1_000;

export const oauthCases: readonly ContractCase[] = [
  {
    id: 'oauth-whole',
    title: 'signs a person in, from the page of the forge to a session that works',
    needs: ['oauth'],
    async run(stage) {
      const scene = await prepareSignIn(stage);
      const { forge, flow, ada, oauth } = scene;
      const { url, transaction } = await flow.start({ redirectUri, state });
      mustEqual(stage.wire.sent.length, 0, 'the requests of starting');
      const asked = new URL(url);
      must(forge.simulator.origins.includes(asked.origin), `the person is sent to ${asked.origin}`);
      mustEqual(asked.searchParams.get('client_id'), oauth.clientId, 'the client id in the address');
      mustEqual(asked.searchParams.get('state'), state, 'the state in the address');
      must(!url.includes(oauth.clientSecret ?? ' '), 'the client secret is in the address');
      const callbackUrl = await forge.simulator.oauth.approve(url, { person: ada });
      const credential = await mustSucceed(
        flow.finish({ callbackUrl, redirectUri, state, transaction }),
        'finishing the sign-in',
      );
      mustEqual(scene.posts.length, 1, 'the requests of finishing');
      mustEqual(credential.kind, 'oauth', 'the kind of credential');
      const { account } = await forge.session(credential).identity();
      mustEqual(account.id, forge.names.accountId(ada), 'who is signed in');
      const known = forge.simulator.oauth.grantByAccessToken(credential.accessToken);
      mustEqual(known?.person.username, ada.username, 'whose grant the access token is');
    },
  },
  {
    id: 'oauth-pkce',
    title: 'proves with a code verifier that it is the one who asked',
    needs: ['oauth', 'pkce'],
    async run(stage) {
      const scene = await prepareSignIn(stage);
      const begun = await scene.begin();
      const asked = new URL(begun.url).searchParams;
      mustEqual(asked.get('code_challenge_method'), 'S256', 'the method of the challenge');
      const challenge = asked.get('code_challenge') ?? '';
      await scene.finish(begun);
      const verifier = new URLSearchParams(scene.posts[0]?.body).get('code_verifier') ?? '';
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
      mustEqual(challenge, Buffer.from(digest).toString('base64url'), 'the challenge of the verifier');
      const again = new URL((await scene.begin()).url).searchParams.get('code_challenge');
      must(again !== challenge, 'two sign-ins have one verifier');
    },
  },
  {
    id: 'oauth-no-pkce',
    title: 'sends no challenge, as declared',
    needs: ['oauth'],
    lacks: ['pkce'],
    async run(stage) {
      const { url } = await (await prepareSignIn(stage)).begin();
      mustEqual(new URL(url).searchParams.get('code_challenge'), null, 'the challenge');
    },
  },
  {
    id: 'oauth-unconfigured',
    title: 'has no flow where the configuration names no application',
    async run(stage) {
      const forge = await stage.start(makeCompany(stage.subject.facts, 1).world);
      mustEqual(forge.provider().oauth, undefined, 'the flow without an application');
    },
  },
  {
    id: 'oauth-help',
    title: 'says where and how to register an application',
    needs: ['oauth'],
    async run(stage) {
      const forge = await stage.start(makeCompany(stage.subject.facts, 1).world);
      const help = stage.subject.plugin.oauthHelp?.(forge.started.config, redirectUri);
      must(help !== undefined, 'nothing says how to register an application');
      must(URL.canParse(help.registerUrl), `where to register is no address: ${help.registerUrl}`);
      must(
        help.fields.some(({ value }) => value === redirectUri),
        'nothing says to enter the address to come back to',
      );
      for (const { label } of help.fields) must(label.trim() !== '', 'a field has no name');
    },
  },
  {
    id: 'oauth-none',
    title: 'does not say how to register an application, as declared',
    lacks: ['oauth'],
    run(stage) {
      mustEqual(typeof stage.subject.plugin.oauthHelp, 'undefined', 'oauthHelp()');
      return Promise.resolve();
    },
  },
  {
    id: 'oauth-public',
    title: 'signs in with an application that has no secret',
    needs: ['oauth', 'publicClients'],
    async run(stage) {
      const scene = await prepareSignIn(stage, { confidential: false });
      mustEqual(scene.oauth.clientSecret, undefined, 'the secret of a public application');
      const credential = await mustSucceed(scene.signIn(), 'signing in without a secret');
      await mustSucceed(scene.forge.session(credential).identity(), 'the session');
      if (credential.refreshToken !== undefined)
        await mustSucceed(scene.flow.refresh(credential), 'refreshing without a secret');
    },
  },
  {
    id: 'oauth-refresh',
    title: 'gets a new access token with one request, and keeps what was granted',
    needs: ['refresh'],
    async run(stage) {
      const scene = await prepareSignIn(stage);
      const old = await scene.signIn();
      must(old.refreshToken !== undefined, 'the sign-in gives no refresh token');
      must(
        old.expiresAt !== undefined && old.expiresAt > stage.clock.now(),
        `the access token is told to end ${old.expiresAt?.toISOString() ?? 'never'}`,
      );
      // There may be nothing in a token but what it is for and the second in which it ends.
      await stage.clock.sleep(1000);
      const before = scene.posts.length;
      const renewed = await mustSucceed(scene.flow.refresh(old), 'the refresh');
      mustEqual(scene.posts.length - before, 1, 'the requests of a refresh');
      must(renewed.accessToken !== old.accessToken, 'the refresh gives the same access token');
      must(renewed.refreshToken !== undefined, 'the refresh loses the refresh token');
      mustEqual(renewed.scopes, old.scopes, 'the scopes after the refresh');
      mustEqual(renewed.redirectUri, old.redirectUri, 'the redirect URI kept for the next refresh');
      await mustSucceed(scene.forge.session(renewed).identity(), 'the session after the refresh');
      await mustSucceed(scene.flow.refresh(renewed), 'a second refresh');
    },
  },
  {
    id: 'oauth-no-refresh',
    title: 'says that a sign-in that cannot be renewed has to be made anew',
    needs: ['oauth'],
    lacks: ['refresh'],
    async run(stage) {
      const scene = await prepareSignIn(stage);
      const credential = await scene.signIn();
      mustEqual(credential.refreshToken, undefined, 'the refresh token, which the facts say there is not');
      const before = scene.posts.length;
      await mustFail(scene.flow.refresh(credential), 'grant_expired', 'a refresh without a refresh token');
      mustEqual(scene.posts.length, before, 'the requests of a refresh that cannot be');
    },
  },
  {
    id: 'oauth-rotation',
    title: 'gives the new refresh token on, and takes the refusal of an old one for the end of the grant',
    needs: ['refresh', 'rotation'],
    async run(stage) {
      const scene = await prepareSignIn(stage);
      const old = await scene.signIn();
      const renewed = await scene.flow.refresh(old);
      must(renewed.refreshToken !== old.refreshToken, 'the refresh token stays the same');
      stage.clock.advance(aDayMs);
      await mustFail(scene.flow.refresh(old), 'grant_expired', 'a refresh with the old refresh token');
    },
  },
  {
    id: 'oauth-refresh-redirect-uri',
    title: 'sends the redirect URI of the sign-in again at every refresh',
    needs: ['refresh', 'redirectUriAtRefresh'],
    async run(stage) {
      const scene = await prepareSignIn(stage);
      const credential = await scene.signIn();
      mustEqual(credential.redirectUri, redirectUri, 'the redirect URI that the credential keeps');
      const again = await mustSucceed(scene.flow.refresh(credential), 'the refresh');
      await mustSucceed(scene.flow.refresh(again), 'the second refresh');
      for (const { body } of scene.posts.slice(1))
        mustEqual(new URLSearchParams(body).get('redirect_uri'), redirectUri, 'redirect_uri at a refresh');
    },
  },
  {
    id: 'oauth-one-renewal',
    title: 'renews once for however many calls notice that the access token has ended',
    needs: ['refresh'],
    async run(stage) {
      const scene = await prepareSignIn(stage);
      const { forge, client, flow } = scene;
      const credential = await scene.signIn();
      const saved: string[] = [];
      const source = createRenewableCredential({
        provider: stage.subject.plugin.type,
        credential,
        refresh: (old, options) => flow.refresh(old, options),
        onRenewed: ({ accessToken }) => {
          saved.push(accessToken);
        },
        clock: stage.clock,
      });
      const provider = forge.provider();
      const endsAt = credential.expiresAt?.getTime() ?? 0;
      stage.clock.advance(endsAt - stage.clock.now().getTime() + 1_000);
      const calls = Array.from({ length: 10 }, () => provider.signIn(source, { key: 'ada' }).identity());
      await mustSucceed(Promise.all(calls), 'ten calls with an access token that has ended');
      mustEqual(forge.simulator.oauth.refreshes(client), 1, 'the refreshes that reached the forge');
      mustEqual(saved.length, 1, 'how often the new credential was saved');
    },
  },
  {
    id: 'oauth-revoke',
    title: 'ends one sign-in and no other of the same person',
    needs: ['oauth', 'revoke'],
    async run(stage) {
      const scene = await prepareSignIn(stage);
      const [one, other] = [await scene.signIn(), await scene.signIn()];
      const revoked = scene.flow.revoke?.(one);
      must(revoked !== undefined, 'the flow has no revoke(), which the facts declare');
      await mustSucceed(revoked, 'revoking');
      await mustFail(scene.forge.session(one).identity(), 'unauthenticated', 'the session that was ended');
      await mustSucceed(scene.forge.session(other).identity(), 'the other session');
      await mustSucceed(scene.flow.revoke?.(one) ?? Promise.resolve(), 'revoking what has ended');
    },
  },
  {
    id: 'oauth-revoke-expired',
    title: 'revokes a sign-in whose access token has ended, so that it cannot be renewed either',
    needs: ['refresh', 'revoke'],
    async run(stage) {
      const scene = await prepareSignIn(stage);
      const { flow, forge } = scene;
      const credential = await scene.signIn();
      const endsAt = credential.expiresAt?.getTime() ?? 0;
      stage.clock.advance(endsAt - stage.clock.now().getTime() + 1_000);
      await mustSucceed(
        flow.revoke?.(credential) ?? Promise.resolve(),
        'revoking after the access token ended',
      );
      await mustFail(flow.refresh(credential), 'grant_expired', 'renewing what was revoked');
      const left = forge.simulator.oauth.grants.filter(({ revoked }) => !revoked);
      mustEqual(left.length, 0, 'the sign-ins that still work on the forge');
    },
  },
  {
    id: 'oauth-no-revoke',
    title: 'does not pretend that it can end a sign-in, as declared',
    needs: ['oauth'],
    lacks: ['revoke'],
    async run(stage) {
      const { flow } = await prepareSignIn(stage);
      mustEqual(typeof flow.revoke, 'undefined', 'revoke()');
    },
  },
  {
    id: 'oauth-check-client',
    title: 'tells whether the forge accepts its id and secret, without a person',
    needs: ['oauth', 'checkClient'],
    async run(stage) {
      const scene = await prepareSignIn(stage);
      mustEqual(await scene.flow.checkClient?.(), 'accepted', 'what is said of a client that is good');
      scene.forge.simulator.oauth.rotateSecret(scene.client);
      mustEqual(await scene.flow.checkClient?.(), 'rejected', 'what is said of a secret that is no good');
    },
  },
  {
    id: 'oauth-no-check-client',
    title: 'does not pretend that it can check its application, as declared',
    needs: ['oauth'],
    lacks: ['checkClient'],
    async run(stage) {
      const told = await (await prepareSignIn(stage)).flow.checkClient?.();
      must(told === undefined || told === 'unknown', `what is said of the client: ${told ?? ''}`);
    },
  },
];
