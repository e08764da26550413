import type { CallEvent, CallOptions, Clock, GitProvider, GitSession } from '@anyforge/core';
import type { Measurements } from '../measurements.js';

export interface MeasuringParts {
  readonly measurements: Measurements;
  readonly clock: Clock;
}

/** The same git provider, which tells what it asks of the forge, but for what its OAuth flow does. */
export function measured(provider: GitProvider, { measurements, clock }: MeasuringParts): GitProvider {
  const { type: providerType, webUrl, gitUrls, oauth } = provider;
  const measure = (event: CallEvent): void => {
    if (event.kind === 'request') {
      const { status, durationMs } = event;
      measurements.requestMade({ providerType, status, durationMs });
    } else if (event.kind === 'retry') {
      measurements.requestRetried({ providerType, reason: event.reason });
    } else if (event.kind === 'waiting') {
      const forMs = Math.max(event.until.getTime() - clock.now().getTime(), 0);
      measurements.waitBegun({ providerType, by: 'request', forMs });
    }
  };
  const hear = <Options extends CallOptions>(options: Options | undefined): Options | CallOptions => ({
    ...options,
    onEvent: (event: CallEvent) => {
      measure(event);
      options?.onEvent?.(event);
    },
  });
  return {
    type: providerType,
    webUrl,
    gitUrls,
    oauth,
    probe: (options) => provider.probe(hear(options)),
    signIn: (credentials, options) => measuredSession(provider.signIn(credentials, options), hear),
  };
}

type Hear = <Options extends CallOptions>(options: Options | undefined) => Options | CallOptions;

function measuredSession(session: GitSession, hear: Hear): GitSession {
  return {
    identity: (options) => session.identity(hear(options)),
    organizations: (options) => session.organizations(hear(options)),
    repositories: (query, options) => session.repositories(query, hear(options)),
    repository: (reference, options) => session.repository(reference, hear(options)),
    permissions: (repository, options) => session.permissions(repository, hear(options)),
    gitCredential: (options) => session.gitCredential(hear(options)),
  };
}
