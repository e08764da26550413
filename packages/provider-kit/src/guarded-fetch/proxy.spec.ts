import { createServer } from 'node:http';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { isErrorLike } from '../error-like.js';
import { networkFailure } from '../transport/network-failure.js';
import { blockedAddressCode, forbiddenAddressCode } from './blocked-address.js';
import type { GuardedFetchOptions } from './guarded-fetch.js';
import { createGuardedFetch } from './guarded-fetch.js';
import type { Listening, TestProxy } from './proxy.fixture.js';
import { listen, secureServer, startProxy } from './proxy.fixture.js';
import { proxyFailureCode, proxyRefusalCode, proxyUnreachableCode } from './proxy-errors.js';
import { testAuthority } from './test-authority.fixture.js';

const open: Listening[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start<T extends Listening>(starting: Promise<T>): Promise<T> {
  const server = await starting;
  open.push(server);
  return server;
}

/** A forge and a proxy, plain or secure, and a fetch through it. `forge.example` is at 127.0.0.1. */
async function setUp(
  options: Partial<GuardedFetchOptions> & {
    readonly secureForge?: boolean;
    readonly secureProxy?: boolean;
    readonly credentials?: string;
    readonly noProxy?: readonly string[];
    readonly addresses?: GuardedFetchOptions['addresses'];
    readonly resolved?: readonly string[];
  } = {},
) {
  const { secureForge, secureProxy, credentials = '', noProxy, resolved = ['127.0.0.1'], ...more } = options;
  const answer: Parameters<typeof secureServer>[0] = (request, response) => {
    response.setHeader('connection', 'close').end(`the forge, as ${request.headers.host ?? ''}`);
  };
  const forge = await start(listen(secureForge ? secureServer(answer) : createServer(answer)));
  const proxy: TestProxy = await start(startProxy(secureProxy ? secureServer() : createServer()));
  const names: string[] = [];
  const url = `${secureProxy ? 'https' : 'http'}://${credentials}127.0.0.1:${proxy.port}`;
  const fetch = createGuardedFetch({
    addresses: { private: true, loopback: true },
    ca: testAuthority,
    proxy: { url, noProxy },
    lookup: (name) => {
      names.push(name);
      return Promise.resolve(resolved.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
    },
    ...more,
  });
  const forgeUrl = `${secureForge ? 'https' : 'http'}://forge.example:${forge.port}/`;
  return { forge, proxy, names, fetch, forgeUrl, authority: `forge.example:${forge.port}` };
}

async function failureOf(work: Promise<unknown>): Promise<Error> {
  const error: unknown = await work.then(
    () => new Error('it should have failed'),
    (reason: unknown) => reason,
  );
  const cause = isErrorLike(error) ? error.cause : undefined;
  if (!isErrorLike(cause)) throw error;
  return cause;
}

describe('a fetch through a proxy', () => {
  it.each([
    { secureForge: false, secureProxy: false },
    { secureForge: true, secureProxy: false },
    { secureForge: false, secureProxy: true },
    { secureForge: true, secureProxy: true },
  ])('reaches the forge in a tunnel that is named after it: %o', async (kinds) => {
    const { fetch, forgeUrl, proxy, authority, names } = await setUp(kinds);
    const response = await fetch(forgeUrl);
    expect(await response.text()).toBe(`the forge, as ${authority}`);
    expect(proxy.asked).toEqual([{ authority, authorization: undefined }]);
    expect(names).toEqual(['forge.example']);
  });

  it.each([
    ['ada:p%40ss@', 'ada:p@ss'],
    ['ada@', 'ada:'],
    ['ada:100%@', 'ada:100%'],
  ])('shows the proxy, and nobody else, who it is: %s', async (credentials, plain) => {
    const { fetch, forgeUrl, proxy } = await setUp({ credentials });
    await (await fetch(forgeUrl)).text();
    const authorization = `Basic ${Buffer.from(plain).toString('base64')}`;
    expect(proxy.asked).toMatchObject([{ authorization }]);
    proxy.status = 407;
    const shown = inspect(await failureOf(fetch(forgeUrl)), { depth: 9, showHidden: true });
    for (const secret of [plain, authorization.slice(6), credentials]) expect(shown).not.toContain(secret);
  });

  it.each([
    [403, proxyRefusalCode, 'does not let connections', true],
    [407, proxyRefusalCode, 'does not let connections', true],
    [502, proxyFailureCode, 'could not connect', false],
    [504, proxyFailureCode, 'could not connect', false],
  ])('tells what a %i of the proxy means', async (status, code, words, hopeless) => {
    const { fetch, forgeUrl, proxy } = await setUp({ secureForge: true });
    proxy.status = status;
    const cause = await failureOf(fetch(forgeUrl));
    expect(cause).toMatchObject({ code });
    const told = networkFailure('github', new URL(forgeUrl), cause);
    expect([told.failure.kind, told.hopeless]).toEqual(['network', hopeless]);
    expect(told.failure.message).toContain(words);
  });

  it('does not blame the forge when the proxy is not there', async () => {
    const { fetch, forgeUrl, proxy } = await setUp();
    await proxy.close();
    const cause = await failureOf(fetch(forgeUrl));
    expect(cause).toMatchObject({ code: proxyUnreachableCode });
    expect(networkFailure('github', new URL(forgeUrl), cause).failure.message).toContain('The proxy');
  });

  it('does not blame the forge when the certificate of the proxy is not trusted', async () => {
    const { fetch, forgeUrl } = await setUp({ secureProxy: true, ca: undefined });
    expect(await failureOf(fetch(forgeUrl))).toMatchObject({ code: proxyUnreachableCode });
  });

  it('checks the certificate of the forge through the tunnel', async () => {
    const { fetch, forge } = await setUp({ secureForge: true });
    const cause = await failureOf(fetch(`https://other.example:${forge.port}/`));
    expect(cause).toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  });
});

describe('the guard before a proxy', () => {
  it.each(['169.254.169.254', '[fd00:ec2::254]', '0.0.0.0', '2852039166'])(
    'asks it for no connection to %s, whatever the settings are',
    async (host) => {
      const { fetch, proxy } = await setUp();
      expect(await failureOf(fetch(`http://${host}/`))).toMatchObject({ code: forbiddenAddressCode });
      expect(proxy.asked).toEqual([]);
    },
  );

  it('asks it for no connection to an address that is not allowed', async () => {
    const { fetch, proxy } = await setUp({ addresses: { private: false, loopback: false } });
    expect(await failureOf(fetch('http://127.0.0.1/'))).toMatchObject({ code: blockedAddressCode });
    expect(proxy.asked).toEqual([]);
  });

  it.each([
    [['169.254.169.254'], forbiddenAddressCode],
    [['140.82.112.3', '169.254.169.254'], forbiddenAddressCode],
    [['140.82.112.3', '10.0.0.1'], blockedAddressCode],
    [[], forbiddenAddressCode],
  ])('asks it for no name that has an address which is not allowed: %j', async (resolved, code) => {
    const addresses = { private: false, loopback: false };
    const { fetch, forgeUrl, proxy } = await setUp({ resolved, addresses });
    expect(await failureOf(fetch(forgeUrl))).toMatchObject({ code });
    expect(proxy.asked).toEqual([]);
  });

  it('asks it for no name that cannot be resolved here', async () => {
    const lookup = () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
    const { fetch, forgeUrl, proxy } = await setUp({ lookup });
    expect(await failureOf(fetch(forgeUrl))).toMatchObject({ code: 'ENOTFOUND' });
    expect(proxy.asked).toEqual([]);
  });

  it('holds for what goes past the proxy as well', async () => {
    const { fetch, forgeUrl, proxy } = await setUp({
      noProxy: ['forge.example'],
      resolved: ['169.254.169.254'],
    });
    expect(await failureOf(fetch(forgeUrl))).toMatchObject({ code: forbiddenAddressCode });
    expect(proxy.asked).toEqual([]);
  });
});

describe('what goes past a proxy', () => {
  it('is connected to directly', async () => {
    const { fetch, forgeUrl, proxy } = await setUp({ secureForge: true, noProxy: ['.example'] });
    expect((await fetch(forgeUrl)).status).toBe(200);
    expect(proxy.asked).toEqual([]);
  });
});
