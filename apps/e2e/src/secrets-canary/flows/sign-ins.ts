import { z } from 'zod';
import type { Stage } from '../stage.js';
import type { Visitor } from '../visitor.js';
import type { WatchedForge } from '../watched-forges.js';
import type { People } from './people.js';
import { synchronize } from './syncs.js';

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
  await finishSignIn(stage, forge, member, id, { deny: true });
  await forgedCallbacks(stage, member, id);
  await forge.tellingBack(() => land(stage, member, callbackOf(stage, id, 'of a forge that tells back')));
  await failedExchanges(stage, forge, member, id);
  await finishSignIn(stage, forge, programs.manage, id, {}, member);
  await withCode(stage, forge, member, id);
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
  approval: { readonly deny?: boolean } = {},
  browser: Visitor = visitor,
): Promise<string> {
  const signIn = await begin(stage, forge, visitor, `/api/v1/git-providers/${id}/sign-ins`);
  const callbackUrl = await approve(stage, forge, signIn.authorizationUrl, approval);
  await land(stage, browser, callbackUrl);
  const answer = await browser.ask('GET', `/api/v1/sign-ins/${signIn.id}`);
  await confirm(browser, signIn.id, answer.json);
  return callbackUrl;
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

async function confirm(browser: Visitor, id: string, shown: unknown): Promise<void> {
  const { state, account } = standing.parse(shown);
  if (state !== 'awaiting_confirmation') return;
  const body = { accountId: account?.id };
  await browser.expect(200, 'POST', `/api/v1/sign-ins/${id}/confirmation`, { body });
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

/** Where the forge has that. */
async function withCode(stage: Stage, forge: WatchedForge, member: Visitor, id: string): Promise<void> {
  const path = `/api/v1/git-providers/${id}/sign-ins`;
  const answer = await member.ask('POST', path, { body: { method: 'device' } });
  if (answer.status !== 201) return;
  const { id: signInId, device } = startedCode.parse(answer.json);
  await forge.simulator.oauth.approveDevice(device.userCode, { person: forge.ada });
  const dueIn = Date.parse(device.nextPollAt) - Date.now();
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueIn)));
  const asked = await member.expect(200, 'GET', `/api/v1/sign-ins/${signInId}`);
  await confirm(member, signInId, asked.json);
}

/** The access token is refused, so that the pair is renewed: once by a forge that tells back, then well. */
export async function renew(forge: WatchedForge, member: Visitor): Promise<void> {
  const { oauth } = forge.simulator;
  for (const grant of oauth.grants) oauth.resetAccessToken(grant);
  await forge.tellingBack(() => synchronize(member));
  await synchronize(member);
}
