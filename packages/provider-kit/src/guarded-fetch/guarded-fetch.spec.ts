import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { blockedAddressCode, forbiddenAddressCode } from './blocked-address.js';
import { createGuardedFetch } from './guarded-fetch.js';
import type { Lookup } from './guarded-lookup.js';

/** A server on every loopback address of this machine. Each connection is closed after its answer. */
const connections: string[] = [];
const server: Server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    response.setHeader('connection', 'close');
    if (request.url === '/moved') response.writeHead(302, { location: 'http://169.254.169.254/' });
    response.end(`${request.method} ${request.url} ${Buffer.concat(chunks).toString()}`);
  });
});
let port = 0;

beforeAll(async () => {
  server.on('connection', ({ localAddress }) => connections.push(localAddress ?? ''));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address === 'object' && address !== null) ({ port } = address);
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const everything = { private: true, loopback: true };
const nothing = { private: false, loopback: false };

function resolvesTo(...answers: readonly (readonly string[])[]): Lookup & { asked: number } {
  const lookup = Object.assign(
    async () => {
      const addresses = answers[Math.min(lookup.asked, answers.length - 1)] ?? [];
      lookup.asked += 1;
      return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    },
    { asked: 0 },
  );
  return lookup;
}

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  const error: unknown = await work.then(
    () => new Error('it should have failed'),
    (reason: unknown) => reason,
  );
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause ? cause.code : error;
}

describe('a guarded fetch', () => {
  it('is a fetch', async () => {
    const fetch = createGuardedFetch({ addresses: everything });
    const response = await fetch(`http://127.0.0.1:${port}/a?b=c`, { method: 'POST', body: 'Åland' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('POST /a?b=c Åland');
  });

  it('takes a Request of the runtime', async () => {
    const fetch = createGuardedFetch({ addresses: everything });
    const response = await fetch(new Request(`http://127.0.0.1:${port}/`, { method: 'PUT', body: 'x' }));
    expect(await response.text()).toBe('PUT / x');
  });

  it('gives a redirect to whoever asked not to follow it', async () => {
    const fetch = createGuardedFetch({ addresses: everything });
    const response = await fetch(`http://127.0.0.1:${port}/moved`, { redirect: 'manual' });
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('http://169.254.169.254/');
  });

  it('checks the address that a redirect leads to', async () => {
    const fetch = createGuardedFetch({ addresses: everything });
    expect(await codeOf(fetch(`http://127.0.0.1:${port}/moved`))).toBe(forbiddenAddressCode);
  });

  it.each(['127.0.0.1', '2130706433', '0x7f.1', '0177.0.0.1', '127.1', '[::ffff:127.0.0.1]', '[::1]'])(
    'connects to nothing at %s when loopback is not allowed',
    async (host) => {
      const fetch = createGuardedFetch({ addresses: { private: true, loopback: false } });
      const before = connections.length;
      expect(await codeOf(fetch(`http://${host}:${port}/`))).toBe(blockedAddressCode);
      expect(connections).toHaveLength(before);
    },
  );

  it.each(['169.254.169.254', '[fd00:ec2::254]', '[fe80::1]', '0.0.0.0'])(
    'connects to nothing at %s, whatever the settings are',
    async (host) => {
      const fetch = createGuardedFetch({ addresses: everything });
      const before = connections.length;
      expect(await codeOf(fetch(`http://${host}:${port}/`))).toBe(forbiddenAddressCode);
      expect(connections).toHaveLength(before);
    },
  );

  it('connects to no name all of whose addresses are blocked, and does not tell them', async () => {
    const lookup = resolvesTo(['10.0.0.5', 'fe80::1']);
    const fetch = createGuardedFetch({ addresses: nothing, lookup });
    const failed = await fetch('http://intranet.example/').catch((error: unknown) => error);
    const cause = failed instanceof Error ? failed.cause : undefined;
    expect(String(cause)).toContain('intranet.example');
    expect(String(cause)).not.toContain('10.0.0.5');
  });

  it('checks what localhost resolves to', async () => {
    const fetch = createGuardedFetch({ addresses: nothing });
    expect(await codeOf(fetch(`http://localhost:${port}/`))).toBe(blockedAddressCode);
  });

  it('uses the allowed ones among the addresses of a name', async () => {
    const lookup = resolvesTo(['169.254.169.254', '127.0.0.1']);
    const fetch = createGuardedFetch({ addresses: everything, lookup });
    expect((await fetch(`http://forge.example:${port}/`)).status).toBe(200);
  });

  it('connects to the very address that it checked, and checks anew for each connection', async () => {
    const lookup = resolvesTo(['127.0.0.1'], ['169.254.169.254']);
    const fetch = createGuardedFetch({ addresses: everything, lookup });
    const before = connections.length;
    const response = await fetch(`http://rebound.example:${port}/`);
    await response.text();
    expect(lookup.asked).toBe(1);
    expect(connections.slice(before)).toEqual(['127.0.0.1']);
    expect(await codeOf(fetch(`http://rebound.example:${port}/`))).toBe(forbiddenAddressCode);
    expect(lookup.asked).toBe(2);
  });

  it('passes on why a name could not be looked up', async () => {
    const lookup: Lookup = () =>
      Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
    const fetch = createGuardedFetch({ addresses: everything, lookup });
    expect(await codeOf(fetch('http://nowhere.example/'))).toBe('ENOTFOUND');
  });

  it('stops when it is aborted', async () => {
    const fetch = createGuardedFetch({ addresses: everything });
    const reason = new Error('enough');
    await expect(fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
  });
});
