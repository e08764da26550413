import { getEventListeners } from 'node:events';
import { inspect } from 'node:util';
import type { Credential, CredentialSource } from '@anyforge/core';
import { describe, expect, it } from '@jest/globals';
import { toCredentialSource } from '../credentials/credential-source.js';
import { bearer, failureOf, rest, setUp, token, user } from './transport.fixture.js';

describe('the transport', () => {
  it('answers as fetch does, with the URL, the headers and the body', async () => {
    const { fetch, requests } = setUp([{ headers: { etag: '"a"' }, body: { login: 'octocat' } }]);
    const response = await fetch(user, { headers: { accept: 'application/vnd.github+json' } });
    expect(response).toBeInstanceOf(Response);
    expect(response.url).toBe(user);
    expect(response.headers.get('etag')).toBe('"a"');
    expect(await response.json()).toEqual({ login: 'octocat' });
    expect(requests[0]?.headers.get('authorization')).toBe(`Bearer ${token}`);
    expect(requests[0]?.headers.get('accept')).toBe('application/vnd.github+json');
    expect(requests[0]?.headers.get('user-agent')).toBe('anyforge');
  });

  it.each([204, 205, 304])('takes %i for an answer without a body, not for an error', async (status) => {
    const { fetch } = setUp([{ status }]);
    const response = await fetch(user);
    expect(response.status).toBe(status);
    expect(response.body).toBeNull();
  });

  it('sends an anonymous request without asking anybody for a credential', async () => {
    const { fetch, requests } = setUp([{ body: {} }], { authorization: undefined });
    await fetch(user);
    expect(requests[0]?.headers.has('authorization')).toBe(false);
  });

  it('sends a body again in full on another attempt', async () => {
    const { fetch, requests, clock } = setUp([{ status: 502 }, { body: {} }]);
    await clock.run(fetch(user, { method: 'PUT', body: '{"name":"Åland"}' }));
    expect(requests.map(({ body }) => body)).toEqual(['{"name":"Åland"}', '{"name":"Åland"}']);
  });

  it('tells each request with its status and duration', async () => {
    const { fetch, events } = setUp([{ body: {} }]);
    await fetch(`${user}?access_token=secret&page=2`);
    expect(events).toEqual([
      {
        kind: 'request',
        method: 'GET',
        url: `${user}?access_token=REDACTED&page=2`,
        status: 200,
        durationMs: 0,
      },
    ]);
  });

  it('goes on when an observer throws', async () => {
    const { transport } = setUp([{ body: {} }]);
    const response = await transport.fetch({
      onEvent: () => {
        throw new Error('observer');
      },
    })(user);
    expect(response.status).toBe(200);
  });

  it('refuses what is no request without quoting it', async () => {
    const { fetch, requests } = setUp([]);
    const failure = await failureOf(fetch('https://octocat:hunter2@api.github.com/user'));
    expect(failure.kind).toBe('invalid_request');
    expect(inspect(failure)).not.toContain('hunter2');
    expect(requests).toHaveLength(0);
  });
});

describe('cancelling', () => {
  it('rejects with the reason of the signal and sends nothing when aborted before', async () => {
    const { transport, requests } = setUp([]);
    const reason = new Error('the person left');
    await expect(transport.fetch({ signal: AbortSignal.abort(reason) })(user)).rejects.toBe(reason);
    expect(requests).toHaveLength(0);
  });

  it('rejects at once when aborted in flight, and aborts the request', async () => {
    const { transport, requests } = setUp(['hang']);
    const controller = new AbortController();
    const answer = transport.fetch({ signal: controller.signal })(user);
    answer.catch(() => undefined);
    await rest();
    controller.abort('enough');
    await expect(answer).rejects.toBe('enough');
    expect(requests[0]?.signal.aborted).toBe(true);
  });

  it('heeds the signal that an SDK passes with the request as well', async () => {
    const { fetch } = setUp(['hang']);
    const controller = new AbortController();
    const answer = fetch(user, { signal: controller.signal });
    controller.abort('enough');
    await expect(answer).rejects.toBe('enough');
  });

  it('ends a wait between attempts early, and sends nothing more', async () => {
    const { transport, requests, clock } = setUp([{ status: 503, headers: { 'retry-after': '40' } }]);
    const controller = new AbortController();
    const answer = transport.fetch({ signal: controller.signal })(user);
    answer.catch(() => undefined);
    await clock.sleeping(40_000);
    controller.abort('enough');
    await expect(answer).rejects.toBe('enough');
    await clock.advance(60_000);
    expect(requests).toHaveLength(1);
    expect(clock.sleeps).toEqual([]);
  });

  it('rejects at once while a credential source that heeds no signal is asked, and then sends nothing', async () => {
    let give: (credential: Credential) => void = () => undefined;
    const source: CredentialSource = { get: () => new Promise((resolve) => (give = resolve)) };
    const { transport, requests } = setUp([{ body: {} }], { authorization: { source, apply: bearer } });
    const controller = new AbortController();
    const answer = transport.fetch({ signal: controller.signal })(user);
    answer.catch(() => undefined);
    await rest();
    controller.abort('enough');
    await expect(answer).rejects.toBe('enough');
    give({ kind: 'token', token });
    await rest();
    expect(requests).toHaveLength(0);
  });
});

describe('the signal of a caller', () => {
  it('is let go of when a call has ended, well or not', async () => {
    const { transport } = setUp([{ body: {} }, { status: 404 }]);
    const { signal } = new AbortController();
    await transport.fetch({ signal })(user);
    await failureOf(transport.fetch({ signal })(user));
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

describe('secrets', () => {
  it('are in no text of an error whose answer repeats them', async () => {
    const basic = Buffer.from(`octocat:${token}`).toString('base64');
    const { fetch } = setUp(
      [{ status: 400, body: { message: `bad ${token} in Basic ${basic} or ${encodeURIComponent(token)}` } }],
      {
        authorization: {
          source: toCredentialSource({ kind: 'token', token }),
          apply: (headers) => {
            headers.set('authorization', `Basic ${basic}`);
          },
        },
      },
    );
    const failure = await failureOf(fetch(user));
    for (const text of [
      failure.message,
      JSON.stringify(failure),
      inspect(failure, { depth: 9 }),
      failure.stack,
    ]) {
      expect(text).toContain('REDACTED');
      expect(text).not.toContain(token);
      expect(text).not.toContain(basic);
    }
  });

  it('are the tokens that renew a credential as well', async () => {
    const oauth: Credential = {
      kind: 'oauth',
      accessToken: 'gho_0123456789',
      refreshToken: 'ghr_0123456789',
    };
    const { fetch } = setUp([{ status: 400, body: { message: 'gho_0123456789 or ghr_0123456789' } }], {
      authorization: { source: toCredentialSource(oauth), apply: bearer },
    });
    expect((await failureOf(fetch(user))).message).toBe(
      'GitHub did not accept the request: "REDACTED or REDACTED"',
    );
  });

  it('are not shown by a transport', () => {
    const { transport } = setUp([]);
    expect(inspect(transport, { depth: 9, showHidden: true })).not.toContain(token);
  });
});
