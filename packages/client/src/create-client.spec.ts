import { describe, expect, it } from '@jest/globals';
import { all, badGateway, json, problem, refusalOf } from './answers.fixture.js';
import type { Client, ClientOptions } from './index.js';
import { createClient } from './index.js';

interface Served {
  readonly client: Client;
  readonly requests: Request[];
}

/** A client whose requests are answered by this. */
function serving(
  serve: (request: Request) => Response | Promise<Response>,
  options: Partial<ClientOptions> = {},
): Served {
  const requests: Request[] = [];
  const client = createClient({
    baseUrl: 'https://anyforge.example/api/v1/',
    ...options,
    fetch: async (request) => {
      requests.push(request.clone());
      return serve(request);
    },
  });
  return { client, requests };
}

const urlsOf = (requests: readonly Request[]): readonly string[] => requests.map(({ url }) => url);

describe('a client', () => {
  it.each(['', 'nonsense', '/api/v1', 'anyforge.example/api/v1', 'https:api', 'ftp://anyforge.example'])(
    'is not made for "%s", which is no address of a server',
    (baseUrl) => {
      expect(() => serving(() => json({}), { baseUrl })).toThrow(
        '"baseUrl" is all of the server\'s address, like "https://anyforge.example/api/v1".',
      );
    },
  );
});

describe('a call', () => {
  it('resolves to what is answered', async () => {
    const { client, requests } = serving(() => json({ items: [] }));
    expect(await client.GET('/git-providers')).toEqual({ items: [] });
    expect(urlsOf(requests)).toEqual(['https://anyforge.example/api/v1/git-providers']);
  });

  it('sends its parameters where they belong, those that are undefined not at all', async () => {
    const { client, requests } = serving(() => json({}));
    await client.PATCH('/git-providers/{id}', {
      params: { path: { id: '7/8?' }, header: { 'If-Match': '"3"' } },
      body: { name: 'Acme', patterns: undefined },
    });
    await client.GET('/repositories', {
      params: { query: { search: 'a b&c', archived: undefined, limit: 10 } },
    });
    expect(urlsOf(requests)).toEqual([
      'https://anyforge.example/api/v1/git-providers/7%2F8%3F',
      'https://anyforge.example/api/v1/repositories?search=a%20b%26c&limit=10',
    ]);
    const [change] = requests;
    expect(change?.headers.get('if-match')).toBe('"3"');
    expect(change?.headers.get('content-type')).toBe('application/json');
    expect(await change?.text()).toBe('{"name":"Acme"}');
  });

  it.each(['', '.', '..'])('refuses "%s" as an id, which would lead elsewhere', async (id) => {
    const { client, requests } = serving(() => json({}));
    const refusal = await refusalOf(client.DELETE('/people/{id}', { params: { path: { id } } }));
    expect(refusal).toMatchObject({ message: `"${id}" cannot be the id of anything.` });
    expect(requests).toEqual([]);
  });

  it('resolves to undefined where the answer has no body', async () => {
    const { client } = serving(() => new Response(null, { status: 204 }));
    await expect(client.DELETE('/session')).resolves.toBeUndefined();
  });

  it('tells headers and status to whoever wants them', async () => {
    const { client } = serving(() => json({ id: '7' }, { status: 202, headers: { location: '/syncs/7' } }));
    const { data, headers, status } = await client.withHeaders.POST('/syncs');
    expect({ data, status, location: headers.get('location') }).toEqual({
      data: { id: '7' },
      status: 202,
      location: '/syncs/7',
    });
  });

  it('identifies itself by the token alone, where it has one', async () => {
    const { client, requests } = serving(() => json({ person: null }), { token: 'anyforge_1' });
    await client.GET('/session');
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer anyforge_1');
    expect(requests[0]?.credentials).toBe('omit');
  });

  it('identifies itself by the session of the browser otherwise', async () => {
    const { client, requests } = serving(() => json({ person: null }));
    await client.GET('/session');
    expect(requests[0]?.headers.has('authorization')).toBe(false);
    expect(requests[0]?.credentials).toBe('same-origin');
  });

  it('names the person whom it is for, as soon as that is known, and however it is answered', async () => {
    const known: { personId?: string } = {};
    const { client, requests } = serving(
      ({ url }) =>
        url.endsWith('/events')
          ? new Response(null, { status: 204 })
          : json({ items: [], person: { id: 'p1' } }),
      { personId: () => known.personId },
    );
    await client.GET('/session');
    known.personId = 'p1';
    await client.GET('/syncs');
    await all(client.watchSync('7'));
    await all(client.repositories());
    expect(requests.map(({ headers }) => headers.get('x-anyforge-person'))).toEqual([null, 'p1', 'p1', 'p1']);
  });

  it('names nobody where the client works for whoever is signed in', async () => {
    const { client, requests } = serving(() => json({ person: null }));
    await client.GET('/session');
    expect(requests[0]?.headers.has('x-anyforge-person')).toBe(false);
  });

  it('is sent again in the name in which it was sent, whoever the client works for by then', async () => {
    let personId = 'maya';
    const { client, requests } = serving(
      () => (requests.length === 1 ? problem(401, 'not_signed_in') : problem(409, 'other_person')),
      {
        personId: () => personId,
        onUnauthenticated: async () => {
          personId = 'tomas';
          return 'retry';
        },
      },
    );
    const refusal = client.PATCH('/account', { body: { displayName: 'Maya' } });
    expect(await refusalOf(refusal)).toMatchObject({ code: 'other_person' });
    expect(requests.map(({ headers }) => headers.get('x-anyforge-person'))).toEqual(['maya', 'maya']);
  });

  it('tells when the session is somebody else’s by now', async () => {
    const told: string[] = [];
    const { client } = serving(() => problem(409, 'other_person'), {
      personId: () => 'p1',
      onOtherPerson: ({ code }) => told.push(code),
    });
    expect(await refusalOf(client.POST('/syncs'))).toMatchObject({ code: 'other_person' });
    expect(told).toEqual(['other_person']);
  });

  it('throws what the server refuses with', async () => {
    const { client } = serving(() => problem(409, 'duplicate_name'));
    const refusal = client.POST('/git-providers', { body: { name: 'A', type: 'x', config: {} } });
    expect(await refusalOf(refusal)).toMatchObject({ name: 'ApiError', code: 'duplicate_name' });
  });

  it.each([
    ['the page of a proxy that fails', badGateway()],
    ['the page of something else', new Response('<html>', { headers: { 'content-type': 'text/html' } })],
    ['no JSON', new Response('{"items":', { headers: { 'content-type': 'application/json' } })],
  ])('throws that the answer is not one of anyforge when it is %s', async (_what, response) => {
    const { client } = serving(() => response);
    expect(await refusalOf(client.GET('/syncs'))).toMatchObject({
      name: 'ApiError',
      code: 'unexpected_answer',
      status: response.status,
    });
  });

  it('ends with the reason of the signal', async () => {
    const controller = new AbortController();
    const { client } = serving(
      ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(new DOMException('aborted', 'AbortError'));
          });
        }),
    );
    const refusal = refusalOf(client.GET('/syncs', { signal: controller.signal }));
    controller.abort(new Error('typed on'));
    expect(await refusal).toMatchObject({ message: 'typed on' });
  });

  it('says that the server cannot be reached when its answer is cut', async () => {
    const body = new ReadableStream({
      pull: (source) => {
        source.error(new TypeError('terminated'));
      },
    });
    const { client } = serving(() => new Response(body, { headers: { 'content-type': 'application/json' } }));
    expect(await refusalOf(client.GET('/syncs'))).toMatchObject({ name: 'ApiUnreachable' });
  });
});

describe('a list that comes in pages', () => {
  const twoPages = (): Served =>
    serving(({ url }) =>
      new URL(url).searchParams.get('cursor') === 'c2'
        ? json({ items: [{ path: 'acme/c' }], total: 3 })
        : json({ items: [{ path: 'acme/a' }, { path: 'acme/b' }], nextCursor: 'c2', total: 3 }),
    );

  it('is gone through to its end, with the same filters on each page', async () => {
    const { client, requests } = twoPages();
    const paths = (await all(client.repositories({ search: 'acme', limit: 2 }))).map(({ path }) => path);
    expect(paths).toEqual(['acme/a', 'acme/b', 'acme/c']);
    expect(urlsOf(requests)).toEqual([
      'https://anyforge.example/api/v1/repositories?search=acme&limit=2',
      'https://anyforge.example/api/v1/repositories?search=acme&limit=2&cursor=c2',
    ]);
  });

  it('asks for no page that nobody needs', async () => {
    const { client, requests } = twoPages();
    for await (const { path } of client.repositories()) if (path === 'acme/b') break;
    expect(requests).toHaveLength(1);
  });

  it('has pages with the total', async () => {
    const { client } = twoPages();
    const pages = await all(client.repositories().pages());
    expect(pages.map(({ items, total }) => [items.length, total])).toEqual([
      [2, 3],
      [1, 3],
    ]);
  });

  it('throws rather than end early when a page fails', async () => {
    const { client } = serving(({ url }) =>
      url.includes('cursor') ? badGateway() : json({ items: [], nextCursor: 'c2' }),
    );
    expect(await refusalOf(all(client.auditEvents()))).toMatchObject({ status: 502 });
  });
});
