import type { ConfiguredProvider, SetProviderOptions } from './configured-providers.js';
import type {
  AuditEvent,
  AuditEventList,
  GitProviderTestLine,
  Repository,
  RepositoryList,
  SignedOut,
  Sync,
} from './generated/api.js';
import type { Calls, CallsWithHeaders, QueryOf, SignalOption } from './operations.js';
import type { Pages } from './pages.js';
import type { WatchOptions } from './watch-sync.js';

/** Which repositories, in which order, and how many a page. */
export type RepositoryFilters = Omit<QueryOf<'/repositories'>, 'cursor'>;

/** How many audit events a page. */
export type AuditEventFilters = Omit<QueryOf<'/audit-events'>, 'cursor'>;

/**
 * Speaks to one anyforge server.
 *
 * Everything throws ApiError when the answer says no, ApiUnreachable when there is none, and the signal's reason when it is
 * aborted.
 */
export interface Client extends Calls {
  /** The same calls, with the headers and the status of the answer. */
  readonly withHeaders: CallsWithHeaders;

  /** All my repositories that the filters let through. */
  repositories(filters?: RepositoryFilters, options?: SignalOption): Pages<Repository, RepositoryList>;

  /** What was done, newest first. */
  auditEvents(filters?: AuditEventFilters, options?: SignalOption): Pages<AuditEvent, AuditEventList>;

  /**
   * A sync as it is, and again after each change, until it has ended. A connection that is lost is opened again, for as
   * long as the caller wants.
   */
  watchSync(id: string, options?: WatchOptions): AsyncIterable<Sync>;

  /** Tests a draft: first the steps to come, then each as soon as it has ended, last the summary. */
  testDraft(id: string, options?: SignalOption): AsyncIterable<GitProviderTestLine>;

  /**
   * Signs me in to a git provider with a username and a token, which is verified at once.
   *
   * @param name the git provider's own, `GitHub.com`, or what the kind of forge is called, `GitHub`, whatever the case
   * @throws ProviderNameError when the name means no git provider, or several.
   */
  setProvider(
    name: string,
    username: string,
    token: string,
    options?: SetProviderOptions,
  ): Promise<ConfiguredProvider>;

  /** The git providers that I am signed in to. */
  getProviders(options?: SignalOption): Promise<readonly ConfiguredProvider[]>;

  /**
   * One that I am signed in to.
   *
   * @param name as for `setProvider`
   * @throws ProviderNameError when there is none, or several.
   */
  getProvider(name: string, host?: string, options?: SignalOption): Promise<ConfiguredProvider>;

  /**
   * Signs me out of a git provider: my token there is forgotten.
   *
   * @param name as for `setProvider`
   * @throws ProviderNameError when I am signed in to none of that name, or to several.
   */
  deleteProvider(name: string, host?: string, options?: SignalOption): Promise<SignedOut>;
}
