import type { Sync } from '@anyforge/client';
import type { CastName } from '../forges/cast.js';
import { tokenOf } from '../forges/demo-forge.js';
import type { AddedProvider } from './git-providers.js';
import type { Visitor } from './visitor.js';

/** Signs somebody in at a forge, as a browser that clicks there. @returns when the first sync is over */
export async function signInAtForge(
  visitor: Visitor,
  holder: CastName,
  { id, forge }: AddedProvider,
): Promise<void> {
  const { simulator, cast, name } = forge;
  const { api } = visitor;
  const started = await api.POST('/git-providers/{id}/sign-ins', {
    params: { path: { id } },
    body: { display: 'page' },
  });
  if (started.authorizationUrl === undefined) throw new Error(`${name} has no page to sign in at.`);
  const callback = await simulator.oauth.approve(started.authorizationUrl, { person: cast[holder] });
  await visitor.open(callback);
  const { state, error, syncId } = await api.GET('/sign-ins/{id}', { params: { path: { id: started.id } } });
  if (state !== 'succeeded' || syncId === undefined)
    throw new Error(`${holder} is not signed in to ${name}: ${error?.message ?? state}`);
  await syncEnd(api, syncId);
}

/** Signs somebody in with the token that they have at a forge. @returns when the first sync is over */
export async function signInWithToken(
  { api }: Visitor,
  holder: CastName,
  provider: AddedProvider,
): Promise<void> {
  const { token, username } = tokenOf(provider.forge, holder);
  await api.PUT('/git-providers/{id}/connection', {
    params: { path: { id: provider.id } },
    body: { token, ...(username === undefined ? {} : { username }) },
  });
  const { items } = await api.GET('/syncs');
  for (const sync of items) await syncEnd(api, sync.id);
}

/** Synchronizes everything that somebody is signed in to. */
export async function synchronize({ api }: Visitor): Promise<Sync> {
  const { id } = await api.POST('/syncs');
  return syncEnd(api, id);
}

async function syncEnd(api: Visitor['api'], id: string): Promise<Sync> {
  const params = { path: { id } };
  let sync = await api.GET('/syncs/{id}', { params });
  while (sync.finishedAt === undefined)
    sync = await api.GET('/syncs/{id}', { params: { ...params, query: { after: String(sync.revision) } } });
  return sync;
}
