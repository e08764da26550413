import type { CachedResponse, ResponseCache } from '@anyforge/core';
import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import type { ScriptedAnswer } from '../testing/scripted-fetch.js';
import type { ForgeProfile } from '../transport/profile.js';
import type { TransportOptions } from '../transport/transport.js';
import { createTransport } from '../transport/transport.js';
import { failureOf, profile, rest, setUp, token, user } from '../transport/transport.fixture.js';

const page = 'https://api.github.com/user/repos?page=1';
const link = '<https://api.github.com/user/repos?page=2>; rel="next"';

/** A cache that can be looked into. */
function observed() {
  const entries = new Map<string, CachedResponse>();
  const responses: ResponseCache = {
    read: async (key) => entries.get(key),
    write: async (key, entry) => {
      entries.set(key, entry);
    },
  };
  return { entries, responses };
}

/** Transports of several accounts on one forge and one cache. */
function cached(script: readonly ScriptedAnswer[], responses: ResponseCache = observed().responses) {
  const stage = setUp(script);
  const account = (key: string | undefined, options: Partial<TransportOptions> = {}) =>
    createTransport({
      provider: 'github',
      origins: ['https://github.com', 'https://api.github.com'],
      profile,
      context: { ...stage.context, responses },
      key,
      ...options,
    }).fetch({ onEvent: stage.onEvent });
  const conditions = () => stage.requests.map(({ headers }) => headers.get('if-none-match'));
  return { ...stage, account, fetch: account('octocat'), conditions };
}

const octocat: ScriptedAnswer = {
  headers: { etag: 'W/"a1"', 'content-type': 'application/json; charset=utf-8', 'x-oauth-scopes': 'repo' },
  body: { login: 'octocat', name: 'Żółw' },
};
const unchanged: ScriptedAnswer = { status: 304, headers: { etag: '"a1"' } };

describe('a cached answer', () => {
  it('is given again as a 200 when the forge says that nothing changed, also with its ETag in another strength', async () => {
    const { fetch, conditions } = cached([octocat, unchanged]);
    const first = await fetch(user);
    const again = await fetch(user);
    expect([again.status, again.url]).toEqual([200, user]);
    expect(again.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await again.json()).toEqual(await first.json());
    expect(conditions()).toEqual([null, 'W/"a1"']);
  });

  it('bears the headers that the 304 tells anew', async () => {
    const fresh = { etag: '"a1"', 'x-oauth-scopes': 'repo, read:org', 'x-github-request-id': 'B' };
    const { fetch } = cached([octocat, { status: 304, headers: { ...fresh, 'content-length': '0' } }]);
    await fetch(user);
    const { headers } = await fetch(user);
    expect(headers.get('x-oauth-scopes')).toBe('repo, read:org');
    expect(headers.get('x-github-request-id')).toBe('B');
    expect(headers.get('etag')).toBe('W/"a1"');
    expect(headers.get('content-length')).toBeNull();
  });

  it('is replaced by a newer one', async () => {
    const newer = { headers: { etag: '"a2"' }, body: { login: 'renamed' } };
    const { fetch, conditions } = cached([octocat, newer, { status: 304, headers: { etag: '"a2"' } }]);
    await fetch(user);
    await fetch(user);
    expect(await (await fetch(user)).json()).toEqual({ login: 'renamed' });
    expect(conditions()).toEqual([null, 'W/"a1"', '"a2"']);
  });

  it('is not given when the forge refuses the account now', async () => {
    const { fetch } = cached([octocat, { status: 404, body: { message: 'Not Found' } }]);
    await fetch(user);
    expect((await failureOf(fetch(user))).kind).toBe('not_found');
  });

  it('still counts on the budgets, and is told as what it was on the wire', async () => {
    const limits = {
      'x-ratelimit-limit': '60',
      'x-ratelimit-remaining': '7',
      'x-ratelimit-reset': '1795608000',
    };
    const { fetch, events } = cached([octocat, { status: 304, headers: { etag: '"a1"', ...limits } }]);
    await fetch(user);
    await fetch(user);
    expect(events).toMatchObject([
      { kind: 'request', status: 200 },
      { kind: 'request', status: 304 },
      { kind: 'budget', budget: { remaining: 7 } },
    ]);
  });

  it('is found behind a redirect too', async () => {
    const moved = { status: 301, headers: { location: 'https://api.github.com/repositories/1' } };
    const { fetch } = cached([moved, octocat, moved, unchanged]);
    await fetch('https://api.github.com/repos/a/b');
    const again = await fetch('https://api.github.com/repos/a/b');
    expect(again.url).toBe('https://api.github.com/repositories/1');
    expect(await again.json()).toMatchObject({ login: 'octocat' });
  });

  it('is asked for whole when the forge means another one', async () => {
    const other = { status: 304, headers: { etag: '"zz"' } };
    const { fetch, conditions } = cached([octocat, other, { body: { login: 'whole' } }]);
    await fetch(user);
    expect(await (await fetch(user)).json()).toEqual({ login: 'whole' });
    expect(conditions()).toEqual([null, 'W/"a1"', null]);
  });
});

describe('a cached answer that was damaged on its way', () => {
  it.each<[string, string | Uint8Array<ArrayBuffer>]>([
    ['stops in the middle', '{"login": "octo'],
    ['is no text', new Uint8Array([0xff, 0xfe])],
    ['is empty', ''],
  ])('is not given again when its body %s, but asked for whole', async (_, body) => {
    const damaged = new Response(body, {
      headers: { etag: '"a1"', 'content-type': 'application/json' },
    });
    const { fetch, conditions } = cached([damaged, unchanged, octocat, unchanged]);
    await (await fetch(user)).arrayBuffer();
    expect(await (await fetch(user)).json()).toEqual(octocat.body);
    expect(await (await fetch(user)).json()).toEqual(octocat.body);
    expect(conditions()).toEqual([null, '"a1"', null, 'W/"a1"']);
  });
});

describe('a forge that answers nobody with a 200', () => {
  /** As Bitbucket Data Center does: an unknown credential sees what is public, under no name. */
  const forNobody: ForgeProfile = {
    ...profile,
    callerHeaders: ['x-ausername', 'x-auserid'],
    errors: [
      {
        status: 200,
        when: ({ headers }) => !headers.has('x-ausername'),
        kind: 'unauthenticated',
        see: 'https://confluence.atlassian.com/bitbucketserver',
      },
    ],
  };
  const named = { 'x-ausername': 'octocat', etag: '"a1"' };
  const known = { headers: named, body: { login: 'octocat' } };

  it('is not taken for knowing the account because it once did', async () => {
    const { account, conditions } = cached([known, { status: 304, headers: { etag: '"a1"' } }, octocat]);
    const fetch = account('octocat', { profile: forNobody });
    await fetch(user);
    expect((await failureOf(fetch(user))).kind).toBe('unauthenticated');
    expect(conditions()).toEqual([null, '"a1"', null]);
  });

  it('is believed when its 304 names the account', async () => {
    const { entries, responses } = observed();
    const renamed = { status: 304, headers: { ...named, 'x-ausername': 'renamed' } };
    const { account } = cached([known, renamed], responses);
    const fetch = account('octocat', { profile: forNobody });
    await fetch(user);
    const again = await fetch(user);
    expect([again.status, again.headers.get('x-ausername')]).toEqual([200, 'renamed']);
    expect(JSON.stringify([...entries])).not.toContain('x-ausername');
  });
});

describe('a page of a listing', () => {
  const full = { headers: { etag: '"p1"', link }, body: [{ id: 1 }] };

  it('goes on where the 304 says', async () => {
    const longer = `${link}, <https://api.github.com/user/repos?page=9>; rel="last"`;
    const { fetch } = cached([full, { status: 304, headers: { etag: '"p1"', link: longer } }]);
    await fetch(page);
    const again = await fetch(page);
    expect(again.headers.get('link')).toBe(longer);
    expect(await again.json()).toEqual([{ id: 1 }]);
  });

  it('is asked for whole when the 304 tells no links, since old ones could end the listing early', async () => {
    const whole = { headers: { etag: '"p1"', link }, body: [{ id: 1 }] };
    const { fetch, conditions } = cached([full, { status: 304, headers: { etag: '"p1"' } }, whole]);
    await fetch(page);
    expect((await fetch(page)).headers.get('link')).toBe(link);
    expect(conditions()).toEqual([null, '"p1"', null]);
  });

  it('is asked for whole in the same way when its list is in an object', async () => {
    const whole = { headers: { etag: '"p1"', link }, body: { data: [{ id: 1 }] } };
    const { fetch, conditions } = cached([whole, { status: 304, headers: { etag: '"p1"' } }, whole]);
    await fetch(page);
    expect((await fetch(page)).headers.get('link')).toBe(link);
    expect(conditions()).toEqual([null, '"p1"', null]);
  });

  it('in an object goes on where the 304 says, also when it was the last one before', async () => {
    const last = { headers: { etag: '"p1"' }, body: { data: [{ id: 1 }] } };
    const { fetch } = cached([last, { status: 304, headers: { etag: '"p1"', link } }]);
    await fetch(page);
    expect((await fetch(page)).headers.get('link')).toBe(link);
  });

  it('is not kept when it has no links: a second page would show in links alone', async () => {
    const only = { headers: { etag: '"p1"' }, body: [{ id: 1 }] };
    const { fetch, conditions } = cached([only, only]);
    await fetch(page);
    await fetch(page);
    expect(conditions()).toEqual([null, null]);
  });
});

describe('what is not kept', () => {
  it('the answer to somebody without a name: nobody could ever ask for it again', async () => {
    const { entries, responses } = observed();
    const { account } = cached([octocat], responses);
    await account(undefined)(user);
    await rest();
    expect(entries.size).toBe(0);
  });

  it('what a forge answers that counts a 304 as any other answer', async () => {
    const { entries, responses } = observed();
    const { account, conditions } = cached([octocat, octocat], responses);
    const fetch = account('octocat', { profile: { ...profile, countsUnchanged: true } });
    await fetch(user);
    await fetch(user);
    expect(conditions()).toEqual([null, null]);
    expect(entries.size).toBe(0);
  });

  it('the answer to a request that holds a secret of its own', async () => {
    const { entries, responses } = observed();
    const { context } = cached([octocat]);
    const options = {
      provider: 'github',
      origins: ['https://api.github.com'],
      profile,
      key: 'octocat',
    } as const;
    const transport = createTransport({ ...options, context: { ...context, responses } });
    await transport.fetch({}, { secrets: ['c0de'] })(`${user}?code=c0de`);
    await rest();
    expect(entries.size).toBe(0);
  });

  it.each<[string, ScriptedAnswer]>([
    ['no ETag', { body: {} }],
    ['no-store', { headers: { etag: '"a"', 'cache-control': 'private, no-store' }, body: {} }],
    ['another type than JSON', { headers: { etag: '"a"', 'content-type': 'text/x-diff' }, body: '+1' }],
    ['Vary: *', { headers: { etag: '"a"', vary: '*' }, body: {} }],
    ['another status than 200', { status: 203, headers: { etag: '"a"' }, body: {} }],
    ['a body of more than two megabytes', { headers: { etag: '"a"' }, body: `"${'x'.repeat(2_097_151)}"` }],
  ])('an answer with %s', async (_, answer) => {
    const { entries, responses } = observed();
    const { fetch } = cached([answer], responses);
    await (await fetch(user)).arrayBuffer();
    await rest();
    expect(entries.size).toBe(0);
  });

  it('an error', async () => {
    const { entries, responses } = observed();
    const { fetch } = cached([{ status: 404, headers: { etag: '"a"' }, body: {} }], responses);
    await failureOf(fetch(user));
    await rest();
    expect(entries.size).toBe(0);
  });

  it.each<[string, RequestInit]>([
    ['a write', { method: 'POST', body: '{}' }],
    ['a request with a condition of its own', { headers: { 'if-none-match': '"mine"' } }],
    ['a request with a credential of its own', { headers: { authorization: 'Basic YTpi' } }],
    ['a request that wants no cache', { headers: { 'cache-control': 'no-cache' } }],
  ])('the answer to %s', async (_, init) => {
    const { entries, responses } = observed();
    const { fetch } = cached([octocat], responses);
    await fetch(user, init);
    await rest();
    expect(entries.size).toBe(0);
  });
});

describe('an entry', () => {
  it('belongs to one account, one URL, one method and one set of headers', async () => {
    const { account, conditions } = cached(Array.from({ length: 6 }, () => octocat));
    const [alice, bob] = [account('alice'), account('bob')];
    await alice(user);
    await bob(user);
    await alice(`${user}?a=b`);
    await alice(user, { headers: { accept: 'text/html' } });
    await alice(user, { method: 'HEAD' });
    expect(conditions()).toEqual([null, null, null, null, null]);
    await alice(`${user}#top`);
    expect(conditions().at(-1)).toBe('W/"a1"');
  });

  it('is shared by the accounts of one name at one address, and not by those at another', async () => {
    const { account, conditions } = cached([octocat, octocat, unchanged]);
    const elsewhere = account('octocat', { origins: ['https://git.acme.example', 'https://api.github.com'] });
    await account('octocat')(user);
    await elsewhere(user);
    await account('octocat')(user);
    expect(conditions()).toEqual([null, null, 'W/"a1"']);
  });

  it('is found by the hash of its account, to be deleted with it', async () => {
    const { entries, responses } = observed();
    const { account } = cached([octocat, octocat], responses);
    await account('alice')(user);
    await account('bob')(user);
    await rest();
    const hash = createHash('sha256').update('alice').digest('hex');
    expect([...entries.keys()].filter((name) => name.startsWith(`github:${hash}:`))).toHaveLength(1);
  });

  it('holds no secret in its name or value, and no cookie', async () => {
    const { entries, responses } = observed();
    const body = { login: 'octocat' };
    const { account } = cached([{ headers: { etag: '"a"', 'set-cookie': 'session=hush' }, body }], responses);
    const fetch = account('octocat', {
      authorization: {
        source: { get: () => Promise.resolve({ kind: 'token', token }) },
        apply: (headers) => {
          headers.set('authorization', `Bearer ${token}`);
        },
      },
    });
    await fetch(`${user}?private_token=s3cret`);
    await rest();
    const text = JSON.stringify([...entries]);
    expect(entries.size).toBe(1);
    for (const secret of [token, 's3cret', 'hush']) expect(text).not.toContain(secret);
  });

  it('can be made a row of bytes, as a cache beyond this process needs it', async () => {
    const { entries, responses } = observed();
    const beyond: ResponseCache = {
      read: async (name) => deserialize(serialize(await responses.read(name))) as CachedResponse | undefined,
      write: (name, entry) => responses.write(name, entry),
    };
    const { fetch, conditions } = cached([octocat, unchanged], beyond);
    await fetch(user);
    await rest();
    expect(entries.size).toBe(1);
    expect(await (await fetch(user)).json()).toEqual(octocat.body);
    expect(conditions()).toEqual([null, 'W/"a1"']);
  });
});

describe('a cache out of order', () => {
  const broken = (): never => {
    throw new Error('no connection');
  };

  it.each<[string, ResponseCache]>([
    ['throws', { read: broken, write: broken }],
    ['rejects', { read: async () => broken(), write: async () => broken() }],
    ['hangs', { read: () => new Promise(() => undefined), write: () => new Promise(() => undefined) }],
    [
      'holds rubbish',
      { read: async () => ({ etag: '"a"', value: 'rubbish' }), write: async () => undefined },
    ],
    [
      'holds rubbish headers',
      {
        read: async () => ({ etag: '"a"', value: { body: Buffer.from('{}'), headers: [[1, 2]] } }),
        write: async () => undefined,
      },
    ],
  ])('that %s breaks no call', async (_, responses) => {
    const { fetch, clock, conditions } = cached([octocat, octocat], responses);
    const begin = clock.now().getTime();
    expect((await clock.run(fetch(user))).status).toBe(200);
    expect(clock.now().getTime() - begin).toBeLessThanOrEqual(5_000);
    expect(conditions()).toEqual([null]);
  });

  it('does not hold up a call that is cancelled', async () => {
    const { account, requests } = cached([], {
      read: () => new Promise(() => undefined),
      write: async () => undefined,
    });
    const controller = new AbortController();
    const asked = account('octocat')(user, { signal: controller.signal });
    await rest();
    controller.abort('enough');
    await expect(asked).rejects.toBe('enough');
    await rest();
    expect(requests).toHaveLength(0);
  });

  it('is not blamed when it is the call that was cancelled', async () => {
    const told: string[] = [];
    const warn = (_: object, message: string): void => {
      told.push(message);
    };
    const responses: ResponseCache = {
      read: () => new Promise(() => undefined),
      write: async () => undefined,
    };
    const { context, account } = cached([]);
    const logger = { debug: () => undefined, warn };
    const fetch = account('octocat', { context: { ...context, responses, logger } });
    const controller = new AbortController();
    const asked = fetch(user, { signal: controller.signal });
    await rest();
    controller.abort('enough');
    await expect(asked).rejects.toBe('enough');
    await rest();
    expect(told).toEqual([]);
  });
});
