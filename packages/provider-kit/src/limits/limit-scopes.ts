import type { RateBudget } from '@anyforge/core';

/** The name of a limit in the store, unique among all providers and those who share one, and who shares it. */
export interface LimitScope {
  readonly scope: string;
  readonly per: RateBudget['per'];
}

/**
 * Names the limits as one account meets them.
 *
 * @param application the client id of the OAuth application that the account's credential was given to; without one,
 * what is counted per application is counted for the account alone
 */
export function createLimitScopes(account: {
  readonly provider: string;
  readonly address: string;
  readonly key: string;
  readonly application?: string | undefined;
}): (name: string, per: RateBudget['per']) => LimitScope {
  const { provider, address, key, application } = account;
  return (name, per) => {
    const shared = per === 'application' && application === undefined ? 'credential' : per;
    const keys = { credential: key, application: applicationKey(application ?? ''), address: undefined };
    const word = keys[shared] === undefined ? '*' : encodeURIComponent(keys[shared]);
    return { scope: [provider, address, word, name].join(' '), per: shared };
  };
}

function applicationKey(clientId: string): string {
  return `application:${clientId}`;
}
