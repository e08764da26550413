import { z } from 'zod';
import type { Stage } from '../stage.js';
import type { Visitor } from '../visitor.js';
import type { WatchedForge } from '../watched-forges.js';
import { approve, begin, land } from './sign-ins.js';

const draft = z.object({ id: z.string(), redirectUrl: z.string() });

/** Settings that are typed and tested: left once, and saved once. */
export async function tryDraft(stage: Stage, forge: WatchedForge, administrator: Visitor): Promise<void> {
  await withDraft(stage, forge, administrator, 'DELETE', '');
  await withDraft(stage, forge, administrator, 'POST', '/save');
}

async function withDraft(
  stage: Stage,
  forge: WatchedForge,
  administrator: Visitor,
  method: 'POST' | 'DELETE',
  end: string,
): Promise<void> {
  const { type, config, simulator, scopes } = forge;
  const drafts = '/api/v1/git-provider-drafts';
  const made = await administrator.expect(201, 'POST', drafts, { body: { type } });
  const { id, redirectUrl } = draft.parse(made.json);
  const path = `${drafts}/${id}`;
  const name = `Tested ${type} ${end}`.trim();
  const client = simulator.oauth.registerClient({
    name,
    redirectUris: [redirectUrl],
    ...(scopes && { scopes }),
  });
  const { clientId, clientSecret = '' } = client;
  stage.canaries.plant(`${type}: client secret of a draft`, clientSecret);
  const wrong = stage.invent(`${type}: client secret of a wrong draft`).replaceAll(' ', '');
  stage.canaries.plant(`${type}: wrong client secret of a draft`, wrong);
  const values = (secret: unknown) => ({
    name,
    config: { ...config, oauth: { clientId, clientSecret: secret } },
  });
  const test = () => administrator.ask('POST', `${path}/test`);

  await administrator.ask('PUT', path, { body: values([wrong]) });
  await administrator.ask('PUT', path, { body: { ...values(wrong), surprise: wrong } });
  await administrator.expect(200, 'PUT', path, { body: values(wrong) });
  await test();
  await forge.tellingBack(test);
  await administrator.expect(200, 'PUT', path, { body: values(clientSecret) });
  const { token } = forge.newToken();
  await administrator.ask('PUT', `${path}/token`, { body: { token: `${token.slice(0, -8)}WrongTwo` } });
  stage.canaries.plant(`${type}: wrong token of a draft`, `${token.slice(0, -8)}WrongTwo`);
  await test();
  const { authorizationUrl } = await begin(stage, forge, administrator, `${path}/sign-ins`);
  await land(stage, administrator, await approve(stage, forge, authorizationUrl));
  await test();
  await forge.tellingBack(test);
  await test();
  await administrator.ask('GET', `${path}/organizations`);
  await administrator.ask(method, `${path}${end}`, method === 'POST' ? { body: {} } : {});
}
