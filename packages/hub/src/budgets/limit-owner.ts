import { accountKeyOf } from '../connections/account-key.js';
import type { ConnectionEpoch } from '../connections/stored-connection.js';
import { addressesOf, clientIdOf } from '../git-providers/binding.js';
import { fromJson } from '../store/json.js';
import type { GitProviderRow } from '../store/schema.js';

/** Whose rate limits: an account's, or those that all accounts of an OAuth application share, at one forge. */
export interface LimitOwner {
  readonly type: string;
  /** The origins that the git provider's settings name: the forge's is among them. */
  readonly origins: readonly string[];
  readonly key: string;
}

type Account = Pick<ConnectionEpoch, 'connectionId' | 'epoch'>;

export function accountOwner(
  provider: Pick<GitProviderRow, 'type' | 'config'>,
  account: Account,
): LimitOwner {
  return { ...placeOf(provider), key: accountKeyOf(account) };
}

/** Undefined: people sign in there through no OAuth application. */
export function applicationOwner(provider: Pick<GitProviderRow, 'type' | 'config'>): LimitOwner | undefined {
  const clientId = clientIdOf(fromJson(provider.config));
  return clientId === undefined ? undefined : { ...placeOf(provider), key: `application:${clientId}` };
}

/** A scope begins with the type, the address and the key; a client id alone may be known to several forges. */
export function isOwnedBy(scope: string, { type, origins, key }: LimitOwner): boolean {
  const [ofType, address = '', word] = scope.split(' ');
  return ofType === type && origins.includes(address) && word === encodeURIComponent(key);
}

function placeOf({ type, config }: Pick<GitProviderRow, 'type' | 'config'>): Omit<LimitOwner, 'key'> {
  const origins = addressesOf(fromJson(config)).map((address) => new URL(address).origin);
  return { type, origins };
}
