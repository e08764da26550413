import { z } from 'zod';
import type { Stage } from '../stage.js';
import type { Visitor } from '../visitor.js';
import type { WatchedForge } from '../watched-forges.js';
import { tryDraft } from './drafts.js';
import { useGit } from './git.js';
import { named } from './named.js';
import type { People } from './people.js';
import { pasteTokens } from './pasted-tokens.js';
import { finishSignIn, renew, signInThere } from './sign-ins.js';

const withId = z.object({ id: z.string() });

/** One forge, from its settings to the credential that git is given. @returns the git provider's id. */
export async function useForge(stage: Stage, forge: WatchedForge, people: People): Promise<string> {
  const { administrator, member } = people;
  const flow = <T>(name: string, act: () => Promise<T>) => named(`${forge.type}: ${name}`, act);
  const client = await flow('settings', () => addGitProvider(stage, forge, administrator));
  const { id } = client;
  await flow('pasted tokens', () => pasteTokens(stage, forge, member, id));
  await flow('git with a pasted token', () => useGit(stage, people, id));
  await flow('sign-ins', () => signInThere(stage, forge, people, id));
  await flow('git after a sign-in', () => useGit(stage, people, id));
  await flow('renewal', () => renew(forge, member));
  await flow('drafts', () => tryDraft(stage, forge, administrator));
  await flow('another address', () => moveAway(forge, administrator, client));
  await flow('a sign-in after all', () => finishSignIn(stage, forge, member, id));
  await flow('signing out', () =>
    member.expect(200, 'DELETE', `/api/v1/git-providers/${id}/connection?revoke=true`),
  );
  return id;
}

/** A git provider with an application at the forge. */
interface Registered {
  readonly id: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

async function addGitProvider(
  stage: Stage,
  forge: WatchedForge,
  administrator: Visitor,
): Promise<Registered> {
  const { type, config, simulator, application } = forge;
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
  const client = simulator.oauth.registerClient({ ...application, redirectUris });
  const { clientId, clientSecret = '' } = client;
  stage.canaries.plant(`${type}: client secret`, clientSecret);
  await change(administrator, id, { config: { ...config, oauth: { clientId, clientSecret: wrong } } });
  await finishSignIn(stage, forge, administrator, id, { ends: 'failed' });
  await change(administrator, id, { config: { ...config, oauth: { clientId, clientSecret } } });
  return { id, clientId, clientSecret };
}

/** To an address to which the secrets that were given for this one must not go, and back. One connection is parked. */
async function moveAway(
  { config }: WatchedForge,
  administrator: Visitor,
  { id, clientId, clientSecret }: Registered,
): Promise<void> {
  const addresses = Object.fromEntries(Object.keys(config).map((key) => [key, 'https://elsewhere.example']));
  const elsewhere = (secret: string) => ({
    config: { ...addresses, oauth: { clientId, clientSecret: secret } },
  });
  await change(administrator, id, { ...elsewhere(''), parks: 1 }, 422);
  await change(administrator, id, elsewhere(clientSecret), 409);
  await change(administrator, id, { ...elsewhere(clientSecret), parks: 1 });
  await change(administrator, id, { config: { ...config, oauth: { clientId, clientSecret } } });
}

async function change(administrator: Visitor, id: string, body: object, status = 200): Promise<void> {
  const path = `/api/v1/git-providers/${id}`;
  const etag = (await administrator.expect(200, 'GET', path)).headers.get('etag') ?? '';
  await administrator.expect(status, 'PATCH', path, { body, headers: { 'if-match': etag } });
}
