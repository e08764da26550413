import type { GitProvider, Logger } from '@anyforge/core';
import type { GitProviderPool } from './git-providers/git-provider-pool.js';
import type { GitProviderRow } from './store/schema.js';

/** A link as it may be shown, or undefined. */
export type ForgeLink = (url: string | null | undefined) => string | undefined;

/**
 * Lets links through that a forge has sent, to show to people: those to the addresses that the git provider was
 * configured with, and no others. So nobody can be sent elsewhere by a forge, and no picture is loaded from a host that
 * nobody chose, which would tell it who looks; avatars that a forge keeps elsewhere are dropped.
 *
 * A link has the scheme, host and port of one of those addresses, which are https unless the administrator has
 * configured http, and no user name.
 */
export function forgeLink({ webUrl, gitUrls }: Pick<GitProvider, 'webUrl' | 'gitUrls'>): ForgeLink {
  const origins = new Set([webUrl, ...gitUrls].map((address) => new URL(address).origin));
  return (text) => {
    if (text === null || text === undefined || !URL.canParse(text)) return undefined;
    const url = new URL(text);
    // The origin of a blob is that of the page that made it.
    const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
    const isOwn = isWeb && origins.has(url.origin) && url.username === '' && url.password === '';
    return isOwn ? url.href : undefined;
  };
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

/** The links of configured git providers. */
export class ForgeLinks {
  readonly #pool: Pick<GitProviderPool, 'get'>;
  readonly #logger: Logger;

  constructor(pool: Pick<GitProviderPool, 'get'>, logger: Logger) {
    this.#pool = pool;
    this.#logger = logger;
  }

  /** Of one that can't be used, because its plugin is gone, nobody can tell its addresses: it has no links. */
  of(row: GitProviderRow): ForgeLink {
    try {
      return forgeLink(this.#pool.get(row));
    } catch (error) {
      this.#logger.warn({ gitProviderId: row.id, error: String(error) }, 'A git provider can not be used.');
      return () => undefined;
    }
  }
}
