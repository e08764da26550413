import { describe, expect, it } from '@jest/globals';
import type { CallEvent, CallOptions, GitProvider, GitSession } from '@anyforge/core';
import type { Measurements } from '../measurements.js';
import { noMeasurements } from '../measurements.js';
import { TestClock } from '../testing/test-clock.js';
import { measured } from './measured-provider.js';

const clock = new TestClock();
const soon = new Date(clock.now().getTime() + 4_000);
const past = new Date(clock.now().getTime() - 1);

const events: readonly CallEvent[] = [
  { kind: 'request', method: 'GET', url: 'https://forge.test/a', status: 200, durationMs: 12 },
  { kind: 'retry', attempt: 1, reason: 'unavailable' },
  { kind: 'waiting', until: soon, scope: 'core' },
  { kind: 'waiting', until: past, scope: 'core' },
];

/** A provider whose every call tells these events. */
function tellingProvider(): GitProvider {
  const tell = (options: CallOptions | undefined): never => {
    for (const event of events) options?.onEvent?.(event);
    throw new Error(`answered within ${String(options?.maxWaitMs)}`);
  };
  const session: GitSession = {
    identity: tell,
    organizations: tell,
    repositories: (_query, options) => tell(options),
    repository: (_reference, options) => tell(options),
    permissions: (_reference, options) => tell(options),
    gitCredential: tell,
  };
  return {
    type: 'fake',
    webUrl: 'https://forge.test',
    gitUrls: ['https://forge.test'],
    probe: tell,
    signIn: () => session,
  };
}

const calls: Readonly<Record<string, (provider: GitProvider, options: CallOptions) => unknown>> = {
  probe: (provider, options) => provider.probe(options),
  identity: (provider, options) => sessionOf(provider).identity(options),
  organizations: (provider, options) => sessionOf(provider).organizations(options),
  repositories: (provider, options) => sessionOf(provider).repositories({}, options),
  repository: (provider, options) => sessionOf(provider).repository({ id: '1' }, options),
  permissions: (provider, options) => sessionOf(provider).permissions({ id: '1' }, options),
  gitCredential: (provider, options) => sessionOf(provider).gitCredential(options),
};

function sessionOf(provider: GitProvider): GitSession {
  return provider.signIn({ kind: 'token', token: 'token' });
}

describe('what is asked of a forge', () => {
  it.each(Object.entries(calls))('is measured, and told to whoever asks: %s', (_, call) => {
    const seen: unknown[] = [];
    const measurements: Measurements = {
      ...noMeasurements,
      requestMade: (request) => seen.push(request),
      requestRetried: (retry) => seen.push(retry),
      waitBegun: (wait) => seen.push(wait),
    };
    const told: CallEvent[] = [];
    const provider = measured(tellingProvider(), { measurements, clock });
    const options: CallOptions = { maxWaitMs: 7, onEvent: (event) => told.push(event) };
    expect(() => call(provider, options)).toThrow('answered within 7');
    expect(seen).toEqual([
      { providerType: 'fake', status: 200, durationMs: 12 },
      { providerType: 'fake', reason: 'unavailable' },
      { providerType: 'fake', by: 'request', forMs: 4_000 },
      { providerType: 'fake', by: 'request', forMs: 0 },
    ]);
    expect(told).toEqual(events);
  });

  it('is measured when nobody else listens', () => {
    let requests = 0;
    const measurements: Measurements = { ...noMeasurements, requestMade: () => (requests += 1) };
    const provider = measured(tellingProvider(), { measurements, clock });
    expect(() => provider.probe()).toThrow();
    expect(requests).toBe(1);
  });
});
