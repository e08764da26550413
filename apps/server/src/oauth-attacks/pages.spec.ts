import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { beginSignIn, land } from '../testing/sign-in-at-forge.js';
import type { AttackBench } from './attack-bench.fixture.js';
import { openAttackBench } from './attack-bench.fixture.js';

let bench: AttackBench;
beforeAll(async () => {
  bench = await openAttackBench('gitlab');
});
afterAll(() => bench.close());

/** Asks with headers that a browser sets by itself. */
async function ask(path: string, headers: Readonly<Record<string, string>>) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(`${bench.server.url}${path}`, { headers }, resolve).on('error', reject).end();
  });
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode, headers: response.headers, text };
}

describe('where a sign-in goes on', () => {
  it.each([
    'https://evil.test/',
    '//evil.test',
    '/\\evil.test',
    '/\t/evil.test',
    'javascript:alert(1)',
    '@evil.test',
    '.evil.test',
    '',
  ])('is never %j', async (returnTo) => {
    const path = `/api/v1/git-providers/${bench.provider.id}/sign-ins`;
    expect((await bench.ada.post(path, { returnTo })).body).toMatchObject({
      status: 422,
      code: 'invalid_input',
    });
  });

  it('is not what the callback or the page is asked for', async () => {
    const { id, callbackUrl } = await bench.consented(bench.ada, 'ada');
    const { reply } = await land(bench.ada, `${callbackUrl}&returnTo=https://evil.test&redirect=//evil.test`);
    expect(reply.headers.get('location')).toBe(`/oauth/done?signIn=${id}`);
    const asked = await bench.ada.get(`/oauth/done?signIn=${id}&returnTo=https://evil.test`);
    expect(asked.body).toMatchObject({ code: 'invalid_input' });
    expect(asked.text).not.toContain('evil.test');
  });
});

describe('a forged Host', () => {
  it('is refused by the callback and the page, and goes into no address', async () => {
    const { callbackUrl } = await bench.consented(bench.ada, 'ada');
    const { pathname, search } = new URL(callbackUrl);
    for (const path of [`${pathname}${search}`, '/oauth/done']) {
      const { status, text, headers } = await ask(path, { host: 'evil.test' });
      expect([status, headers.location]).toEqual([421, undefined]);
      expect(JSON.parse(text)).toMatchObject({ code: 'foreign_host' });
      expect(text).not.toContain('evil.test');
    }
  });

  it('is not believed from a proxy that nobody trusts', async () => {
    const headers = { 'x-forwarded-host': 'evil.test', forwarded: 'host=evil.test;proto=https' };
    const answer = await bench.ada.post(`/api/v1/git-providers/${bench.provider.id}/sign-ins`, {}, headers);
    expect(answer.status).toBe(201);
    expect(answer.text).not.toContain('evil.test');
    expect(answer.text).toContain(encodeURIComponent(`${bench.server.publicUrl}/oauth/callback/`));
  });
});

describe('the page on which a sign-in ends', () => {
  const inline = (text: string, tag: string): string =>
    new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(text)?.[1] ?? '';
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

  async function ended() {
    const { id, state, callbackUrl } = await bench.consented(bench.ada, 'ada');
    return { id, state, callbackUrl, ...(await land(bench.ada, callbackUrl)) };
  }

  it('runs its one script and nothing else, in no frame', async () => {
    const { page } = await ended();
    const policy = page.headers.get('content-security-policy')?.split('; ').toSorted();
    expect(policy).toEqual(
      [
        "default-src 'none'",
        `script-src ${hash(inline(page.text, 'script'))}`,
        `style-src ${hash(inline(page.text, 'style'))}`,
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ].toSorted(),
    );
    expect(page.text.match(/<script|<style|<iframe|<img|<link|<form|\son\w+=/g)).toEqual([
      '<style',
      '<script',
    ]);
  });

  it('is kept nowhere, and tells no other page its address', async () => {
    const { reply, page } = await ended();
    for (const { headers } of [reply, page]) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      // A browser would part it from its opener otherwise: the forge's page, which is isolated from nothing, was between.
      expect(headers.get('cross-origin-opener-policy')).toBe('unsafe-none');
      expect(headers.get('x-frame-options')).toBe('DENY');
    }
  });

  it('has nothing of the callback in it', async () => {
    const { page, state, callbackUrl } = await ended();
    const code = new URL(callbackUrl).searchParams.get('code') ?? '-';
    for (const secret of [state, code]) expect(page.text).not.toContain(secret);
    const { ada, provider, server } = bench;
    const { state: second } = await beginSignIn(ada, provider.id);
    const query = `state=${second}&error=access_denied&error_description=%3Cscript%3Ealert(1)%3C/script%3E`;
    const denied = await land(ada, `${server.publicUrl}/oauth/callback/${provider.id}?${query}`);
    expect(denied.page.text).not.toContain('<script>alert');
  });

  /** Runs the script of the page, as a browser does. */
  function show(text: string) {
    const sent: unknown[][] = [];
    const broadcast: unknown[][] = [];
    let closed = false;
    const data = /<body([^>]*)>/.exec(text)?.[1] ?? '';
    const attribute = (name: string): string | undefined =>
      new RegExp(`data-${name}="([^"]*)"`).exec(data)?.[1];
    const window = {
      opener: { postMessage: (...message: unknown[]) => sent.push(message) },
      close: () => {
        closed = true;
      },
    };
    class BroadcastChannel {
      constructor(readonly name: string) {}
      postMessage(message: unknown): void {
        broadcast.push([this.name, message]);
      }
    }
    const [signIn, state] = [attribute('sign-in'), attribute('state')];
    const dataset = { signIn, state, display: attribute('display') };
    runInNewContext(inline(text, 'script'), {
      window,
      document: { body: { dataset } },
      BroadcastChannel,
    });
    const plain: unknown = JSON.parse(JSON.stringify({ sent, broadcast, closed }));
    return plain;
  }

  it('speaks to pages of this server alone, not to whoever has opened it, and tells them no secret', async () => {
    const { page, id } = await ended();
    const message = { type: 'anyforge.sign-in', signInId: id, state: 'succeeded' };
    expect(show(page.text)).toEqual({
      sent: [],
      broadcast: [['anyforge.sign-ins', message]],
      closed: true,
    });
  });

  it('stays open where it is no popup', async () => {
    const { id, state } = await beginSignIn(bench.ada, bench.provider.id, { display: 'page' });
    const query = new URLSearchParams({ state, error: 'access_denied' }).toString();
    const { page } = await land(
      bench.ada,
      `${bench.server.publicUrl}/oauth/callback/${bench.provider.id}?${query}`,
    );
    const message = { type: 'anyforge.sign-in', signInId: id, state: 'failed' };
    expect(show(page.text)).toEqual({
      sent: [],
      broadcast: [['anyforge.sign-ins', message]],
      closed: false,
    });
  });

  it('tells somebody else nothing', async () => {
    const { id } = await ended();
    expect((await bench.eve.get(`/oauth/done?signIn=${id}`)).status).toBe(404);
  });
});
