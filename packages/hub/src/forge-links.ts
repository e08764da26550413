import type { GitProvider } from '@anyforge/core';
import { addressesOf } from './git-providers/binding.js';
import { fromJson } from './store/json.js';
import type { GitProviderRow } from './store/schema.js';

/** A link as it may be shown, or undefined. */
export type ForgeLink = (url: string | null | undefined) => string | undefined;

/**
 * Lets links through that a forge has sent, to show to people: those to the addresses that the git provider is
 * configured with, and no others. So nobody can be sent elsewhere by a forge, and no picture is loaded from a host that
 * nobody chose, which would tell it who looks; avatars that a forge keeps elsewhere are dropped.
 *
 * A link has the scheme, host and port of one of those addresses, which are https unless the administrator has
 * configured http, and no user name.
 */
export function configuredLink({ config }: Pick<GitProviderRow, 'config'>): ForgeLink {
  return linkTo(addressesOf(fromJson(config)));
}

/** {@link configuredLink} of a git provider that is not stored. */
export function forgeLink({ webUrl, gitUrls }: Pick<GitProvider, 'webUrl' | 'gitUrls'>): ForgeLink {
  return linkTo([webUrl, ...gitUrls]);
}

function linkTo(addresses: readonly string[]): ForgeLink {
  const origins = new Set(addresses.map((address) => new URL(address).origin));
  return (text) => {
    if (text === null || text === undefined || !URL.canParse(text)) return undefined;
    const url = new URL(text);
    return isPlain(url) && origins.has(url.origin) ? url.href : undefined;
  };
}

/**
 * A link by which an adapter tells where to repair something, as it may be shown: a web address without a user name. It
 * may lead to the vendor's help. Adapters write these links themselves, and pass on none of a forge's but to the forge.
 */
export function repairLink(text: string | undefined): string | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return isPlain(url) ? url.href : undefined;
}

/** Of the web, and without a user name. The origin of a blob is that of the page that made it. */
function isPlain({ protocol, username, password }: URL): boolean {
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}

const sshForm =
  /^(?:ssh:\/\/(?:[\w.-]+@)?[a-z0-9][a-z0-9.-]*(?::\d{1,5})?\/|[\w.-]+@[a-z0-9][a-z0-9.-]*:)[\w.~+@/-]+$/i;

/**
 * An address to clone from over SSH, as it may be shown. It is no link: nothing but git opens it, and nothing is given
 * away by it. So its host may be another one, as forges have them, and it must have no more than the plain form of such
 * an address, which means nothing else to a shell or to ssh.
 */
export function sshAddress(text: string | null | undefined): string | undefined {
  return text !== null && text !== undefined && sshForm.test(text) ? text : undefined;
}
