import { describe, expect, it } from '@jest/globals';
import { credentialStoreCases } from '../testing/credential-store-cases.js';
import { createFakeClock } from '../testing/fake-clock.js';
import { createMemoryCredentialStore } from './memory-credential-store.js';

describe('the store in memory', () => {
  it.each(credentialStoreCases)('$name', async ({ run }) => {
    await run((credential) => {
      const clock = createFakeClock();
      const store = createMemoryCredentialStore({ credential, clock });
      return Promise.resolve({
        open: () => store,
        advance: (ms) => clock.advance(ms),
        replace: (next) => {
          store.replace(next);
          return Promise.resolve();
        },
      });
    });
  });

  it('leaves alone who signed in again while a renewed credential was being put away', async () => {
    let finish = (): void => undefined;
    const putAway = new Promise<void>((resolve) => (finish = resolve));
    const store = createMemoryCredentialStore({
      credential: { kind: 'oauth', accessToken: 'first' },
      onSave: () => putAway,
    });
    const stored = await store.read();
    const claim = stored && (await store.claim(stored.version, 1_000));
    if (claim?.status !== 'claimed') throw new Error('it should have been claimed');
    const saving = claim.save({ kind: 'oauth', accessToken: 'second' });
    await Promise.resolve();
    store.replace({ kind: 'oauth', accessToken: 'signed in anew' });
    finish();
    expect(await saving).toBe(false);
    expect((await store.read())?.credential.accessToken).toBe('signed in anew');
  });
});
