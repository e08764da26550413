import { z } from 'zod';
import type { Stage } from '../stage.js';
import type { Visitor } from '../visitor.js';
import type { WatchedForge } from '../watched-forges.js';
import type { People } from './people.js';
import { synchronize, synchronizeWell } from './syncs.js';

const started = z.object({ id: z.string(), authorizationUrl: z.string() });
const startedCode = z.object({
  id: z.string(),
  device: z.object({ userCode: z.string(), nextPollAt: z.string() }),
});
const standing = z.object({ state: z.string(), account: z.object({ id: z.string() }).optional() });

/** Through the browser in every way in which it can end, by a program, and with a code. */
export async function signInThere(
  stage: Stage,
  forge: WatchedForge,
  { member, programs }: People,
  id: string,
): Promise<void> {
  await finishSignIn(stage, forge, member, id, { deny: true, ends: 'failed' });
  await forgedCallbacks(stage, member, id);
  await forge.tellingBack(() => land(stage, member, callbackOf(stage, id, 'of a forge that tells back')));
  await failedExchanges(stage, forge, member, id);
  await finishSignIn(stage, forge, programs.manage, id, {}, member);
  if (forge.hasCodes) await withCode(forge, member, id);
  const replayed = await finishSignIn(stage, forge, member, id);
  await land(stage, member, replayed);
  await land(stage, stage.visitor(), replayed);
}

/** @returns where the forge sent the browser. */
export async function finishSignIn(
  stage: Stage,
  forge: WatchedForge,
  visitor: Visitor,
  id: string,
  { deny = false, ends = 'succeeded' }: { readonly deny?: boolean; readonly ends?: string } = {},
  browser: Visitor = visitor,
): Promise<string> {
  const signIn = await begin(stage, forge, visitor, `/api/v1/git-providers/${id}/sign-ins`);
  const callbackUrl = await approve(stage, forge, signIn.authorizationUrl, { deny });
  await land(stage, browser, callbackUrl);
  await finish(browser, signIn.id, ends);
  return callbackUrl;
}

/** A program's is confirmed in the browser. @throws Error when it does not end so */
async function finish(browser: Visitor, id: string, ends: string): Promise<void> {
  const path = `/api/v1/sign-ins/${id}`;
  const asked = standing.parse((await browser.expect(200, 'GET', path)).json);
  const body = { accountId: asked.account?.id };
  const { state } =
    asked.state === 'awaiting_confirmation'
      ? standing.parse((await browser.expect(200, 'POST', `${path}/confirmation`, { body })).json)
      : asked;
  if (state !== ends) throw new Error(`The sign-in is ${state}, and had to be ${ends}.`);
}

/** The answer to the start shows the state, which the browser carries to the forge. */
export async function begin(stage: Stage, { type }: WatchedForge, visitor: Visitor, path: string) {
  const answer = await visitor.expect(201, 'POST', path, { body: { returnTo: '/git-providers' } });
  const signIn = started.parse(answer.json);
  const state = new URL(signIn.authorizationUrl).searchParams.get('state') ?? '';
  stage.canaries.plant(`${type}: state`, state, answer.label);
  return signIn;
}

export async function approve(
  stage: Stage,
  { simulator, ada, type }: WatchedForge,
  authorizationUrl: string,
  approval: { readonly deny?: boolean } = {},
): Promise<string> {
  const callbackUrl = await simulator.oauth.approve(authorizationUrl, { person: ada, ...approval });
  const code = new URL(callbackUrl).searchParams.get('code');
  if (code !== null) stage.canaries.plant(`${type}: authorization code`, code);
  return callbackUrl;
}

/** Goes where a forge sends a browser, and where it is sent on to from there. */
export async function land(stage: Stage, browser: Visitor, callbackUrl: string): Promise<void> {
  const { pathname, search } = new URL(callbackUrl);
  const reply = await browser.ask('GET', `${pathname}${search}`);
  const location = reply.headers.get('location');
  if (location !== null) await browser.ask('GET', location);
}

function callbackOf(stage: Stage, id: string, what: string): string {
  const query = new URLSearchParams({
    state: stage.invent(`state ${what}`),
    code: stage.invent(`code ${what}`),
  });
  return `${stage.server.publicUrl}/oauth/callback/${id}?${query.toString()}`;
}

async function forgedCallbacks(stage: Stage, member: Visitor, id: string): Promise<void> {
  const forged = callbackOf(stage, id, 'that was forged');
  await land(stage, member, forged);
  await land(stage, stage.visitor(), forged);
  await land(stage, member, forged.replace(id, 'no-such-provider'));
  const error = encodeURIComponent(stage.invent('error in a callback'));
  await land(stage, member, `${stage.server.publicUrl}/oauth/callback/${id}?error=${error}&state=${error}`);
  await member.ask('GET', `/oauth/done?signIn=${error}`);
  await member.ask('GET', `/oauth/done?problem=${error}`);
}

/** The forge has said yes, and then the code can't be exchanged. */
async function failedExchanges(
  stage: Stage,
  forge: WatchedForge,
  member: Visitor,
  id: string,
): Promise<void> {
  const prepared = async () => {
    const { authorizationUrl } = await begin(stage, forge, member, `/api/v1/git-providers/${id}/sign-ins`);
    return approve(stage, forge, authorizationUrl);
  };
  const toldBack = await prepared();
  await forge.tellingBack(() => land(stage, member, toldBack));
  for (const kind of ['reset', 'cut-json', 'html-page'] as const) {
    const callbackUrl = await prepared();
    await forge.spoiling({ kind }, () => land(stage, member, callbackUrl));
  }
}

async function withCode(forge: WatchedForge, member: Visitor, id: string): Promise<void> {
  const path = `/api/v1/git-providers/${id}/sign-ins`;
  const answer = await member.expect(201, 'POST', path, { body: { method: 'device' } });
  const { id: signInId, device } = startedCode.parse(answer.json);
  await forge.simulator.oauth.approveDevice(device.userCode, { person: forge.ada });
  const dueIn = Date.parse(device.nextPollAt) - Date.now();
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueIn)));
  await finish(member, signInId, 'succeeded');
}

/** The access token is refused, so that the pair is renewed: once well, and once by a forge that tells back. */
export async function renew(forge: WatchedForge, member: Visitor): Promise<void> {
  const { oauth } = forge.simulator;
  const refreshes = () => oauth.grants.reduce((sum, grant) => sum + grant.refreshes, 0);
  const resetAll = () => {
    for (const grant of oauth.grants) oauth.resetAccessToken(grant);
  };
  const before = refreshes();
  resetAll();
  await synchronizeWell(member);
  if (refreshes() !== before + 1) throw new Error(`There were ${String(refreshes() - before)} refreshes.`);
  resetAll();
  await forge.tellingBack(
    () => synchronize(member),
    ({ body }) => body.includes('refresh_token'),
  );
  if (refreshes() === before + 1)
    throw new Error('Nobody has asked the forge that tells back for a new pair.');
}
