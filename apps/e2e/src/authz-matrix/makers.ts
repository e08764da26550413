import { z } from 'zod';
import type { Stage } from './stage.js';

const withId = z.object({ id: z.string() });
const invited = z.object({ person: withId, link: z.object({ url: z.string() }) });
const started = z.object({ id: z.string(), authorizationUrl: z.string() });

/** Things of the owner's, and others, made anew for each caller that asks for them. */

export async function invite(stage: Stage): Promise<z.infer<typeof invited>> {
  const input = { username: stage.newName('guest') };
  return invited.parse((await stage.callers.administrator.post('/api/v1/people', input)).body);
}

/** The id of one of the owner's. */
export async function ownToken(stage: Stage): Promise<string> {
  const input = { name: stage.newName('token of the owner'), scopes: ['read'] };
  const { body } = await stage.owner.post('/api/v1/api-tokens', input);
  return z.object({ apiToken: withId }).parse(body).apiToken.id;
}

/** One of the owner's, that could be saved. */
export function draft(stage: Stage, name = 'draft of the owner'): Promise<string> {
  const config = { baseUrl: stage.forge.webUrl, oauth: { clientId: 'client', clientSecret: 'secret' } };
  const values = { name: stage.newName(name), config };
  return stage.made('/api/v1/git-provider-drafts', { type: 'github', values });
}

export async function provider(stage: Stage): Promise<{ readonly id: string; readonly name: string }> {
  const name = stage.newName('forge');
  const config = { baseUrl: stage.forge.webUrl };
  return { name, id: await stage.made('/api/v1/git-providers', { name, type: 'github', config }) };
}

/** A sign-in of the owner's, with the address that the forge sends the browser back to. */
export async function signIn(stage: Stage, by: 'owner' | 'owner manage' = 'owner') {
  const path = `/api/v1/git-providers/${stage.gitProviderId}/sign-ins`;
  const { id, authorizationUrl } = started.parse((await stage.callers[by].post(path, {})).body);
  const person = stage.accounts.owner;
  const { pathname, search } = new URL(await stage.forge.oauth.approve(authorizationUrl, { person }));
  return { id, callback: `${pathname}${search}` };
}
