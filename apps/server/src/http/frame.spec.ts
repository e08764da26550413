import { afterEach, describe, expect, it } from '@jest/globals';
import type { Hub } from '@anyforge/hub';
import { HubError } from '@anyforge/hub';
import { systemClock } from '@anyforge/provider-kit';
import type { RequestListener } from 'node:http';
import { pino } from 'pino';
import { createApp, createStartingApp } from './app.js';
import { HttpListener } from './http-listener.js';

const listeners: HttpListener[] = [];
afterEach(() => Promise.all(listeners.splice(0).map((listener) => listener.close())));

async function serve(answer: (port: number) => RequestListener): Promise<string> {
  const listener = await HttpListener.listen({ host: '127.0.0.1', port: 0 });
  listeners.push(listener);
  listener.answerWith(answer(listener.port));
  return listener.url;
}

const frame = { logger: pino({ level: 'silent' }), clock: systemClock, trustProxy: 0 };

/** A server whose hub can say no more than whether it is ready. */
function serveHub(publicUrl: string, ready = (): Promise<void> => Promise.resolve()): Promise<string> {
  const hub = { ready, setUp: { status: () => Promise.resolve({ needed: true, codeRequired: false }) } };
  return serve((port) =>
    createApp({
      ...frame,
      publicUrl,
      hub: hub as unknown as Hub,
      loopbackPort: port,
      stopping: new AbortController().signal,
    }),
  );
}

describe('a server that is starting', () => {
  it('says that it lives, and of everything else when to ask again', async () => {
    const url = await serve(() => createStartingApp({ ...frame, publicUrl: 'http://localhost/any' }));
    for (const path of ['/health/live', '/any/health/live'])
      expect((await fetch(`${url}${path}`)).status).toBe(200);
    for (const path of ['/health/ready', '/any/health/ready', '/api/v1/session', '/']) {
      const response = await fetch(`${url}${path}`);
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
      expect(await response.json()).toMatchObject({ code: 'starting' });
    }
  });
});

describe('a browser at a server that is starting', () => {
  it('is shown that, and asks again by itself', async () => {
    const url = await serve(() => createStartingApp({ ...frame, publicUrl: 'http://localhost/any' }));
    const response = await fetch(`${url}/any/repositories`, { headers: { accept: 'text/html,*/*;q=0.8' } });
    const { status, headers } = response;
    expect([status, headers.get('refresh'), headers.get('cache-control')]).toEqual([503, '1', 'no-store']);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await response.text()).toContain('anyforge is starting');
  });
});

describe('readiness', () => {
  it('is what the hub says', async () => {
    const ready = await serveHub('http://localhost');
    expect((await fetch(`${ready}/health/ready`)).status).toBe(200);
    const stopping = await serveHub('http://localhost', () => Promise.reject(HubError.closed()));
    const response = await fetch(`${stopping}/health/ready`);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect((await fetch(`${stopping}/health/live`)).status).toBe(200);
  });
});

describe('a path before everything', () => {
  it('is where everything is served, and health at the root as well', async () => {
    const url = await serveHub('http://localhost/any/path');
    const statuses = async (paths: readonly string[]) =>
      Promise.all(paths.map(async (path) => (await fetch(`${url}${path}`)).status));
    expect(await statuses(['/any/path/api/v1/setup', '/any/path/health/live', '/health/live'])).toEqual([
      200, 200, 200,
    ]);
    expect(await statuses(['/api/v1/setup', '/ANY/path/api/v1/setup', '/any/pathapi/v1/setup'])).toEqual([
      404, 404, 404,
    ]);
  });

  it('is in the description', async () => {
    const url = await serveHub('http://localhost/any');
    const response = await fetch(`${url}/any/api/v1/openapi.json`);
    expect(await response.json()).toMatchObject({ servers: [{ url: '/any/api/v1' }] });
  });
});

describe('what protects browsers', () => {
  it('goes along with every answer', async () => {
    const url = await serveHub('http://localhost');
    for (const path of ['/health/live', '/api/v1/setup', '/nothing']) {
      const { headers } = await fetch(`${url}${path}`);
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-security-policy':
          "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
      expect(headers.has('x-powered-by')).toBe(false);
      expect(headers.has('access-control-allow-origin')).toBe(false);
    }
  });

  it('demands https where people come by it, and only there', async () => {
    const plain = await fetch(`${await serveHub('http://localhost')}/health/live`);
    expect(plain.headers.has('strict-transport-security')).toBe(false);
    const secure = await fetch(`${await serveHub('https://forge.example.com')}/health/live`);
    expect(secure.headers.get('strict-transport-security')).toBe('max-age=31536000');
  });

  it('lets no answer of the API be kept', async () => {
    const url = await serveHub('http://localhost');
    for (const path of ['/api/v1/setup', '/api/v1/nothing', '/api/v1/account']) {
      expect((await fetch(`${url}${path}`)).headers.get('cache-control')).toBe('no-store');
    }
  });

  it('lets the page of the description load files of this server, and nothing else', async () => {
    const url = await serveHub('http://localhost/any');
    const page = await fetch(`${url}/any/api/docs`);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).not.toContain('unsafe');
    // What is tried there is asked of the origin of the page: it has the cookie, and the Origin that is let in.
    expect(policy).toContain("connect-src 'self'");
    const description = await fetch(`${url}/any/api/v1/openapi.json`);
    expect(await description.json()).toMatchObject({ servers: [{ url: '/any/api/v1' }] });
    const html = await page.text();
    const files = [...html.matchAll(/(?:src|href)="(docs\/[^"]+)"/g)].map(([, file]) => file ?? '');
    expect(files).toHaveLength(3);
    expect(html).not.toMatch(/<script>|<style|onload=/);
    for (const file of files) {
      const loaded = await fetch(new URL(file, page.url));
      expect([loaded.status, loaded.headers.get('content-type')]).toEqual([
        200,
        expect.stringMatching(/^text\/(css|javascript)/),
      ]);
    }
  });
});
