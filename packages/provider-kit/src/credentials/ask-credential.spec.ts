import { getEventListeners } from 'node:events';
import { inspect } from 'node:util';
import type { Credential, CredentialSource } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { describe, expect, it, jest } from '@jest/globals';
import { failureOf } from '../transport/transport.fixture.js';
import { askCredential } from './ask-credential.js';

const credential: Credential = { kind: 'token', token: 'glpat-abcdefghijklmnop' };

describe('asking for a credential', () => {
  it('passes on what the call says, and how long the credential has to be valid', async () => {
    const get = jest.fn(async () => credential);
    const options = { signal: new AbortController().signal, maxWaitMs: 5, validForMs: 3_600_000 };
    expect(await askCredential('gitlab', { get }, options)).toBe(credential);
    expect(get.mock.calls).toEqual([[options]]);
    expect(getEventListeners(options.signal, 'abort')).toHaveLength(0);
  });

  it('does not ask at all when the call was aborted before', async () => {
    const get = jest.fn(async () => credential);
    const signal = AbortSignal.abort('enough');
    await expect(askCredential('gitlab', { get }, { signal })).rejects.toBe('enough');
    expect(get).not.toHaveBeenCalled();
  });

  it('lets go of a source that heeds no signal', async () => {
    const controller = new AbortController();
    const source: CredentialSource = { get: () => new Promise(() => undefined) };
    const asked = askCredential('gitlab', source, { signal: controller.signal });
    controller.abort('enough');
    await expect(asked).rejects.toBe('enough');
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('vault is sealed: s.secret'))],
    [
      'throws',
      () => {
        throw new Error('vault is sealed: s.secret');
      },
    ],
  ])('tells in words that a source %s, keeping what it said for the debugger only', async (_, get) => {
    const failure = await failureOf(askCredential('gitlab', { get }));
    expect(failure.kind).toBe('unavailable');
    expect(failure.details.provider).toBe('gitlab');
    expect(failure.details.cause).toMatchObject({ message: 'vault is sealed: s.secret' });
    expect(inspect(failure)).not.toContain('s.secret');
  });

  it('passes on what a source says as the failure of a provider', async () => {
    const revoked = new ProviderError('unauthenticated', 'The token was revoked.', { provider: 'gitlab' });
    expect(await failureOf(askCredential('gitlab', { get: () => Promise.reject(revoked) }))).toBe(revoked);
  });
});
