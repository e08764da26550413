import { z } from 'zod';
import type { Stage } from '../stage.js';
import type { People } from './people.js';

const listed = z.object({ items: z.array(z.object({ httpsCloneUrl: z.string() })) });
const credential = z.union([
  z.object({ kind: z.literal('basic'), password: z.string() }).transform(({ password }) => password),
  z.object({ kind: z.literal('bearer'), token: z.string() }).transform(({ token }) => token),
]);

/** The one answer that shows a credential, and everything near it that must not. */
export async function useGit(stage: Stage, { member, programs }: People, id: string): Promise<void> {
  const query = new URLSearchParams({ gitProviderId: id, limit: '1' });
  const { json } = await member.expect(200, 'GET', `/api/v1/repositories?${query.toString()}`);
  const url = new URL(listed.parse(json).items[0]?.httpsCloneUrl ?? '');
  const fields = { protocol: url.protocol.slice(0, -1), host: url.host, path: url.pathname.slice(1) };
  const path = '/api/v1/git-credentials';
  const answer = await programs.git.expect(200, 'POST', path, { body: fields });
  const secret = stage.canaries.plant('git credential', credential.parse(answer.json), answer.label);

  for (const visitor of [member, programs.read, programs.manage, stage.visitor()]) {
    await visitor.ask('POST', path, { body: fields });
  }
  for (const changed of [
    { host: `ada:${secret}@${fields.host}` },
    { path: `${secret}/../${fields.path}` },
    { path: secret },
    { protocol: secret },
    { username: 'ada', password: secret },
    { host: 'elsewhere.example', protocol: 'https' },
  ]) {
    const again = await programs.git.ask('POST', path, { body: { ...fields, ...changed } });
    if (again.status === 200) stage.canaries.plant('git credential', secret, again.label);
  }
}
