import { describe, expect, it } from '@jest/globals';
import * as face from './index.js';
import type { ApiAnswer, ApiBody, ApiErrorCode, Client, PathOf, Repository } from './index.js';

/** Type tests: what must type-check is assigned, what must not is marked; the type checker proves both. */
export async function typeTests(client: Client, search: string | undefined): Promise<unknown[]> {
  const params = { path: { id: '7' } };
  const { items } = await client.GET('/repositories', { params: { query: { search, level: 'read' } } });
  const repository: Repository | undefined = items[0];
  const nothing: Promise<undefined> = client.DELETE('/session');
  const { data } = await client.withHeaders.GET('/git-providers/{id}', { params });
  const version: number = data.version;
  const body: ApiBody<'put', '/git-providers/{id}/connection'> = { token: 'secret', username: undefined };
  const answer: ApiAnswer<'get', '/session'> = { person: null };
  const path: PathOf<'delete'> = '/session';
  const codes: readonly ApiErrorCode[] = ['duplicate_name', 'unexpected_answer', 'of_a_newer_server'];
  // @ts-expect-error there is no such path
  await client.GET('/nowhere');
  // @ts-expect-error the path has no such method
  await client.DELETE('/repositories');
  // @ts-expect-error an id is needed
  await client.GET('/git-providers/{id}');
  // @ts-expect-error there is no such query
  await client.GET('/repositories', { params: { query: { serch: 'x' } } });
  // @ts-expect-error a body is needed
  await client.PUT('/git-providers/{id}/connection', { params });
  // @ts-expect-error a body is not taken
  await client.GET('/session', { body: {} });
  // @ts-expect-error events come by watchSync
  await client.GET('/syncs/{id}/events', { params });
  // @ts-expect-error lines come by testDraft
  await client.POST('/git-provider-drafts/{id}/test', { params });
  // @ts-expect-error a cursor is the client's business
  client.repositories({ cursor: 'c2' });
  return [repository, nothing, version, body, answer, path, codes];
}

describe('the public face of the package', () => {
  it('exports exactly these values', () => {
    expect(Object.keys(face).toSorted()).toEqual([
      'ApiError',
      'ApiUnreachable',
      'ProviderNameError',
      'createClient',
    ]);
  });
});
