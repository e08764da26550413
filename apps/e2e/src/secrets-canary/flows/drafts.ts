import { z } from 'zod';
import type { Stage } from '../stage.js';
import type { Visitor } from '../visitor.js';
import type { WatchedForge } from '../watched-forges.js';
import { approve, begin, land } from './sign-ins.js';

const draft = z.object({ id: z.string(), redirectUrl: z.string() });
const saved = z.object({ gitProvider: z.object({ id: z.string() }), signIn: z.literal('connected') });
const summary = z.object({ kind: z.literal('summary'), outcome: z.string(), message: z.string() });

/** Settings that are typed and tested: left once, and saved once, after which the git provider is deleted. */
export async function tryDraft(stage: Stage, forge: WatchedForge, administrator: Visitor): Promise<void> {
  const left = await testDraft(stage, forge, administrator, `Left ${forge.type}`);
  await administrator.expect(204, 'DELETE', left);
  const name = `Saved ${forge.type}`;
  const kept = await testDraft(stage, forge, administrator, name);
  const { json } = await administrator.expect(200, 'POST', `${kept}/save`, { body: {} });
  const path = `/api/v1/git-providers/${saved.parse(json).gitProvider.id}`;
  await administrator.expect(204, 'DELETE', `${path}?${new URLSearchParams({ name }).toString()}`);
}

/** @returns the path of the draft, in which somebody is signed in and which has passed its test. */
async function testDraft(
  stage: Stage,
  forge: WatchedForge,
  administrator: Visitor,
  name: string,
): Promise<string> {
  const { type, config, simulator, application } = forge;
  const drafts = '/api/v1/git-provider-drafts';
  const made = await administrator.expect(201, 'POST', drafts, { body: { type } });
  const { id, redirectUrl } = draft.parse(made.json);
  const path = `${drafts}/${id}`;
  const client = simulator.oauth.registerClient({ ...application, redirectUris: [redirectUrl] });
  const { clientId, clientSecret = '' } = client;
  stage.canaries.plant(`${type}: client secret of a draft`, clientSecret);
  const wrong = stage.invent(`${type}: client secret of a wrong draft`).replaceAll(' ', '');
  stage.canaries.plant(`${type}: wrong client secret of a draft`, wrong);
  const values = (secret: unknown) => ({
    name,
    config: { ...config, oauth: { clientId, clientSecret: secret } },
  });
  const test = async (expected: string) => {
    const { text } = await administrator.expect(200, 'POST', `${path}/test`);
    const { outcome, message } = summary.parse(JSON.parse(text.trim().split('\n').at(-1) ?? ''));
    if (outcome !== expected)
      throw new Error(`The test has ${outcome}, and had to be ${expected}: ${message}`);
  };

  await administrator.expect(200, 'PUT', path, { body: values([wrong]) });
  await administrator.expect(422, 'PUT', path, { body: { ...values(wrong), surprise: wrong } });
  await administrator.expect(200, 'PUT', path, { body: values(wrong) });
  await test('failed');
  await forge.tellingBack(() => test('failed'));
  await administrator.expect(200, 'PUT', path, { body: values(clientSecret) });
  const pasted = forge.newToken();
  const token = `${pasted.token.slice(0, -8)}WrongTwo`;
  stage.canaries.plant(`${type}: wrong token of a draft`, token);
  await administrator.expect(200, 'PUT', `${path}/token`, { body: { ...pasted, token } });
  await test('failed');
  const { authorizationUrl } = await begin(stage, forge, administrator, `${path}/sign-ins`);
  await land(stage, administrator, await approve(stage, forge, authorizationUrl));
  await test('passed');
  await forge.tellingBack(() => test('failed'));
  await test('passed');
  await administrator.expect(200, 'GET', `${path}/organizations`);
  return path;
}
