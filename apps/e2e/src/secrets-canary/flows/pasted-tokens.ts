import { z } from 'zod';
import type { Stage } from '../stage.js';
import type { Visitor } from '../visitor.js';
import type { WatchedForge } from '../watched-forges.js';
import { synchronize, synchronizeWell, untilSynced } from './syncs.js';

const withSync = z.object({ syncId: z.string() });

/** Tokens that are right, wrong, or met by a forge or a network that fails. */
export async function pasteTokens(
  stage: Stage,
  forge: WatchedForge,
  member: Visitor,
  id: string,
): Promise<void> {
  const path = `/api/v1/git-providers/${id}/connection`;
  const right = forge.newToken();
  const wrong = stage.canaries.plant(`${forge.type}: wrong token`, `${right.token.slice(0, -8)}WrongOne`);
  const put = (body: unknown) => member.ask('PUT', path, { body });
  await put({ ...right, token: wrong });
  await put({ ...right, token: stage.invent(`${forge.type}: token that is none`) });
  await put({ ...right, username: 'somebody-else' });
  await put({ ...right, surprise: right.token });
  await put(right.token);
  await put(`{"token":"${right.token}"`);
  await forge.tellingBack(() => put(right));
  for (const kind of [
    'reset',
    'hang-before-headers',
    'hang-after-headers',
    'html-page',
    'cut-json',
  ] as const) {
    await forge.spoiling({ kind }, () => member.askBriefly(400, 'PUT', path, { body: right }));
  }
  const location = `https://elsewhere.example/?token=${right.token}`;
  await forge.spoiling({ kind: 'redirect', location }, () =>
    member.askBriefly(1500, 'PUT', path, { body: right }),
  );

  const connected = await member.expect(200, 'PUT', path, { body: right });
  await untilSynced(member, withSync.parse(connected.json).syncId);
  await member.expect(200, 'GET', '/api/v1/git-providers');
  await askLive(forge, member, id);
  await forge.spoiling({ kind: 'cut-json' }, () => synchronize(member));
  await synchronizeWell(member);
}

/** What is asked of the forge while somebody waits. */
async function askLive(forge: WatchedForge, member: Visitor, id: string): Promise<void> {
  const query = new URLSearchParams({ provider: id, path: 'ada/engine-0' });
  const { json } = await member.expect(200, 'GET', '/api/v1/repositories');
  const [first] = z.object({ items: z.array(z.object({ id: z.string() })) }).parse(json).items;
  const paths = [
    `/api/v1/explain?${query.toString()}`,
    `/api/v1/repositories/${encodeURIComponent(first?.id ?? '')}/permissions`,
  ];
  for (const path of paths) {
    await member.expect(200, 'GET', path);
    await forge.tellingBack(() => member.ask('GET', path));
    await forge.spoiling({ kind: 'reset' }, () => member.askBriefly(400, 'GET', path));
  }
}
