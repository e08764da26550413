import { z } from 'zod';
import type { Reply } from './api-client.js';
import { ApiClient } from './api-client.js';

const setUpStatus = z.object({ needed: z.boolean() });
const invited = z.object({ link: z.object({ url: z.string() }) });
const issued = z.object({ token: z.string() });

/** Of everybody in tests. */
export const testPassword = 'correct horse battery staple';

/** Who a test speaks to a server as: where it listens, and where its pages are. */
export interface TestAddress {
  readonly url: string;
  readonly publicUrl: string;
}

/** Acts as the administrator in a browser session: on the first visit by making them. */
export async function signInAsAdministrator(address: TestAddress, code?: string): Promise<ApiClient> {
  const visitor = clientOf(address);
  const { needed } = setUpStatus.parse((await visitor.get('/api/v1/setup')).body);
  if (!needed) return signInAs(address, 'root');
  const input = { username: 'root', password: testPassword, code };
  return inBrowser(address, await visitor.post('/api/v1/setup', input));
}

/** Acts as somebody in a browser session. */
export async function signInAs(
  address: TestAddress,
  username: string,
  password = testPassword,
): Promise<ApiClient> {
  return inBrowser(address, await clientOf(address).post('/api/v1/session', { username, password }));
}

/** Invites somebody, and acts as them in a browser session. */
export async function joinAs(
  address: TestAddress,
  administrator: ApiClient,
  username: string,
  role: 'administrator' | 'member' = 'member',
): Promise<ApiClient> {
  const { link } = invited.parse((await administrator.post('/api/v1/people', { username, role })).body);
  const token = new URL(link.url).hash.slice(1);
  const input = { token, password: testPassword };
  return inBrowser(address, await clientOf(address).post('/api/v1/password-links/use', input));
}

/** Acts as the same person with a new API token of these scopes. */
export async function makeApiToken(
  client: ApiClient,
  scopes: readonly ('read' | 'manage' | 'git')[],
): Promise<ApiClient> {
  const name = `${scopes.join('-')} ${crypto.randomUUID()}`;
  const { token } = issued.parse((await client.post('/api/v1/api-tokens', { name, scopes })).body);
  return new ApiClient(client.url, { authorization: `Bearer ${token}` });
}

/** Goes on as a browser does: with the cookies, from a page of the server. */
export function inBrowser(address: TestAddress, reply: Reply): ApiClient {
  if (reply.status !== 201) throw new Error(`Nobody was signed in: ${String(reply.status)} ${reply.text}`);
  const cookie = reply.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return clientOf(address, { cookie, origin: new URL(address.publicUrl).origin });
}

/** Everything is served below the path of the public address. */
function clientOf(
  { url, publicUrl }: TestAddress,
  headers: Readonly<Record<string, string>> = {},
): ApiClient {
  return new ApiClient(`${url}${new URL(publicUrl).pathname.replace(/\/$/, '')}`, headers);
}
