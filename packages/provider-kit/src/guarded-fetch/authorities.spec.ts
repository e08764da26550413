import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createGuardedFetch } from './guarded-fetch.js';
import type { Listening } from './proxy.fixture.js';
import { listen, secureServer } from './proxy.fixture.js';
import { testAuthority } from './test-authority.fixture.js';

let forge: Listening;
beforeAll(async () => {
  forge = await listen(secureServer((_, response) => response.setHeader('connection', 'close').end('hello')));
});
afterAll(() => forge.close());

const addresses = { private: true, loopback: true };
const [anotherAuthority = ''] = tls.rootCertificates;

describe('an authority of a company', () => {
  it.each([
    ['alone', testAuthority],
    ['in a bundle with comments', `# ours\n${anotherAuthority}\n# and theirs\n${testAuthority}`],
    ['in a list', [anotherAuthority, testAuthority]],
  ])('is believed when it is given %s', async (_, ca) => {
    const fetch = createGuardedFetch({ addresses, ca });
    expect(await (await fetch(`https://127.0.0.1:${forge.port}/`)).text()).toBe('hello');
  });

  it('is believed beside those that the runtime believes', async () => {
    // As Node tells them since 22.15.
    const told = jest.fn((_type: string) => [testAuthority]);
    const { getCACertificates } = Object.getOwnPropertyDescriptors(tls);
    Object.defineProperty(tls, 'getCACertificates', { value: told, configurable: true });
    try {
      const fetch = createGuardedFetch({ addresses, ca: anotherAuthority });
      expect((await fetch(`https://127.0.0.1:${forge.port}/`)).status).toBe(200);
    } finally {
      if (getCACertificates) Object.defineProperty(tls, 'getCACertificates', getCACertificates);
      else Reflect.deleteProperty(tls, 'getCACertificates');
    }
    expect(told).toHaveBeenCalledWith('default');
  });

  it('is not believed when it is not given', async () => {
    const fetch = createGuardedFetch({ addresses, ca: anotherAuthority });
    const failed: unknown = await fetch(`https://127.0.0.1:${forge.port}/`).catch((error: unknown) => error);
    expect(failed instanceof Error ? failed.cause : undefined).toMatchObject({
      code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    });
  });

  it.each([
    ['', 'There is no certificate'],
    ['/etc/ssl/ca.pem', 'There is no certificate'],
    ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', 'has a certificate that cannot be read'],
  ])('that cannot be read is refused at once: %j', (ca, words) => {
    expect(() => createGuardedFetch({ addresses, ca })).toThrow(words);
  });
});
