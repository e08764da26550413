import { withoutTrailingSlashes } from '../slashes.js';
import { isObject } from './json-schema.js';

/**
 * What a credential is bound to, as text to compare: every web address in the config with the place where it stands,
 * and for OAuth the client as well. A token survives a new OAuth client, and neither survives a new address.
 *
 * @param config without its secrets.
 */
export function bindingOf(config: unknown, kind: 'token' | 'oauth'): string {
  const addresses = addressesIn(config, []).map((found) => JSON.stringify(found));
  const client = kind === 'oauth' ? { clientId: clientIdOf(config) ?? null } : {};
  return JSON.stringify({ ...client, addresses: addresses.sort() });
}

/** What a new config takes away from credentials that were given for the old one. */
export interface BindingChange {
  /** Any address is another one, stands elsewhere, is new or is gone. */
  readonly address: boolean;
  /** The client id is another one, or there is none any more. */
  readonly client: boolean;
}

/** Both configs without their secrets. */
export function bindingChange(from: unknown, to: unknown): BindingChange {
  return {
    address: bindingOf(from, 'token') !== bindingOf(to, 'token'),
    client: clientIdOf(from) !== clientIdOf(to),
  };
}

/** Every web address in a config. */
export function addressesOf(config: unknown): readonly string[] {
  return addressesIn(config, []).map(({ address }) => address);
}

/** Of the OAuth application that people sign in through; undefined where there is none. */
export function clientIdOf(config: unknown): string | undefined {
  const oauth = isObject(config) ? config['oauth'] : undefined;
  const clientId = isObject(oauth) ? oauth['clientId'] : undefined;
  return typeof clientId === 'string' ? clientId.trim() : undefined;
}

function addressesIn(
  value: unknown,
  path: readonly string[],
): readonly { readonly path: readonly string[]; readonly address: string }[] {
  if (typeof value === 'string') {
    const address = toAddress(value);
    return address === undefined ? [] : [{ path, address }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => addressesIn(member, [...path, key]));
}

/** As two ways of writing one address read the same. Without user name and password: they do not say where. */
function toAddress(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, origin, pathname, search } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  return `${origin}${withoutTrailingSlashes(pathname)}${search}`;
}
