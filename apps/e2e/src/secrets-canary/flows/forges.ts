import { z } from 'zod';
import type { Stage } from '../stage.js';
import type { Visitor } from '../visitor.js';
import type { WatchedForge } from '../watched-forges.js';
import { tryDraft } from './drafts.js';
import { useGit } from './git.js';
import type { People } from './people.js';
import { pasteTokens } from './pasted-tokens.js';
import { finishSignIn, renew, signInThere } from './sign-ins.js';

const withId = z.object({ id: z.string() });

/** One forge, from its settings to the credential that git is given. @returns the git provider's id. */
export async function useForge(stage: Stage, forge: WatchedForge, people: People): Promise<string> {
  const id = await addGitProvider(stage, forge, people.administrator);
  await pasteTokens(stage, forge, people.member, id);
  await useGit(stage, people, id);
  await signInThere(stage, forge, people, id);
  await useGit(stage, people, id);
  await renew(forge, people.member);
  await tryDraft(stage, forge, people.administrator);
  await people.member.expect(200, 'DELETE', `/api/v1/git-providers/${id}/connection?revoke=true`);
  return id;
}

async function addGitProvider(stage: Stage, forge: WatchedForge, administrator: Visitor): Promise<string> {
  const { type, config, simulator, scopes } = forge;
  const path = '/api/v1/git-providers';
  const name = `Our ${type}`;
  const wrong = stage.invent(`${type}: client secret of refused settings`).replaceAll(' ', '');
  stage.canaries.plant(`${type}: client secret that is wrong`, wrong);
  for (const body of [
    { name, type, config: { ...config, oauth: { clientId: 'x', clientSecret: wrong, surprise: wrong } } },
    { name, type, config: { ...config, oauth: { clientSecret: wrong } } },
    { name, type, config: { ...config, oauth: { clientId: 'x', clientSecret: [wrong] } } },
    { name, type, config: { baseUrl: `https://ada:${encodeURIComponent(wrong)}@forge.example` } },
    { name, type, config: wrong },
    { name, type: wrong, config },
  ]) {
    await administrator.ask('POST', path, { body });
  }
  const added = await administrator.expect(201, 'POST', path, { body: { name, type, config } });
  const { id } = withId.parse(added.json);
  const redirectUris = [`${stage.server.publicUrl}/oauth/callback/${id}`];
  const client = simulator.oauth.registerClient({ name, redirectUris, ...(scopes && { scopes }) });
  const { clientId, clientSecret = '' } = client;
  stage.canaries.plant(`${type}: client secret`, clientSecret);
  await change(administrator, id, { config: { ...config, oauth: { clientId, clientSecret: wrong } } });
  await finishSignIn(stage, forge, administrator, id);
  await change(administrator, id, { config: { ...config, oauth: { clientId, clientSecret } } });
  const elsewhere = { baseUrl: 'https://elsewhere.example', oauth: { clientId, clientSecret } };
  await administrator.ask('PATCH', `${path}/${id}`, { body: { config: elsewhere } });
  return id;
}

async function change(administrator: Visitor, id: string, body: object): Promise<void> {
  const path = `/api/v1/git-providers/${id}`;
  const etag = (await administrator.ask('GET', path)).headers.get('etag') ?? '';
  await administrator.expect(200, 'PATCH', path, { body, headers: { 'if-match': etag } });
}
