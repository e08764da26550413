import { z } from 'zod';
import type { ApiClient, Reply } from './api-client.js';

const started = z.object({ id: z.string(), authorizationUrl: z.string() });
const told = z.object({
  state: z.string(),
  account: z.object({ id: z.string(), username: z.string() }).optional(),
  error: z.object({ kind: z.string(), message: z.string() }).optional(),
  syncId: z.string().optional(),
});

/** Where a browser ends up after a callback. */
export interface Landing {
  readonly reply: Reply;
  /** Of the page that it is sent on to. */
  readonly page: Reply;
  /** Which sign-in that page is about. */
  readonly signInId: string | undefined;
  /** The code of the problem, where there is nothing to tell of a sign-in. */
  readonly problem: string | undefined;
}

/** Starts a sign-in: its id, and the address at the forge to go to. */
export async function beginSignIn(
  client: ApiClient,
  gitProviderId: string,
  input: object = {},
): Promise<{ readonly id: string; readonly authorizationUrl: string; readonly state: string }> {
  const { body } = await client.post(`/api/v1/git-providers/${gitProviderId}/sign-ins`, input);
  const { id, authorizationUrl } = started.parse(body);
  return { id, authorizationUrl, state: new URL(authorizationUrl).searchParams.get('state') ?? '' };
}

/** Goes where a forge sends a browser, and where it is sent on to from there. */
export async function land(client: ApiClient, callbackUrl: string): Promise<Landing> {
  const { pathname, search } = new URL(callbackUrl);
  const reply = await client.get(`${pathname}${search}`);
  if (reply.status !== 303) throw new Error(`The callback was answered with ${String(reply.status)}.`);
  const location = reply.headers.get('location') ?? '';
  const { searchParams } = new URL(location, callbackUrl);
  const page = await client.get(location);
  const [signInId, problem] = [searchParams.get('signIn'), searchParams.get('problem')];
  return { reply, page, signInId: signInId ?? undefined, problem: problem ?? undefined };
}

/** How a sign-in stands. */
export async function standing(client: ApiClient, id: string): Promise<z.infer<typeof told>> {
  return told.parse((await client.get(`/api/v1/sign-ins/${id}`)).body);
}
