import type { CallOptions } from '@anyforge/core';
import { randomUUID } from 'node:crypto';
import { abortable, linkAbort } from '../abort.js';
import type { ResolvedContext } from '../context.js';
import { createLimitScopes } from '../limits/limit-scopes.js';
import { withRateLimit } from '../limits/rate-limit.js';
import { withConditionalCache } from '../responses/conditional-cache.js';
import type { Authorization } from './authorize.js';
import { withAuthorization } from './authorize.js';
import { withClassification } from './classify.js';
import { withConfirmation } from './confirm.js';
import type { Timeouts } from './exchange.js';
import { createExchange } from './exchange.js';
import { withFollowUps } from './follow-ups.js';
import type { Handler } from './message.js';
import { withOriginCheck } from './origins.js';
import type { ForgeProfile } from './profile.js';
import { withRedirects } from './redirects.js';
import type { Retries } from './retry.js';
import { withRetry } from './retry.js';
import { readRequest, toResponse } from './standard-fetch.js';

export interface TransportOptions {
  /** The plugin's type, named in errors. */
  readonly provider: string;
  /**
   * The forge's own origins (web, API): no request, link or redirect goes anywhere else. The first one, that of the
   * address that people know, stands for the forge in the names of rate limits.
   */
  readonly origins: readonly [string, ...string[]];
  readonly profile: ForgeProfile;
  readonly context: ResolvedContext;
  /** Absent: anonymous. */
  readonly authorization?: Authorization | undefined;
  /**
   * Names the account, whose rate limits and cached answers are kept under it. It is stored and shown: never a secret.
   * Absent: the limits are counted apart from all others, and no answer is kept.
   */
  readonly key?: string | undefined;
  /**
   * The client id of the OAuth application that the credential was given to, whose accounts share what the forge counts
   * per application. Absent: each account is counted for itself.
   */
  readonly application?: string | undefined;
  /** 30 seconds each by default. */
  readonly timeouts?: Partial<Timeouts> | undefined;
  /** 32 MiB by default, after decompression. */
  readonly maxBodyBytes?: number | undefined;
  /** By default 3 after failures and 10 after limited answers. */
  readonly retries?: Partial<Retries> | undefined;
}

/** The one way of an adapter to its forge. */
export interface Transport {
  /**
   * A `fetch` for one call, to be handed to an SDK. Answers with a status from 200 to 399 resolve (304 included), and
   * what the profile accepts; every failure rejects with a `ProviderError`, a cancelled call with its signal's reason.
   *
   * @param options `secrets`: what the request holds beside the credential that no text may show
   */
  fetch(
    call?: CallOptions,
    options?: { readonly secrets?: readonly string[] | undefined },
  ): typeof globalThis.fetch;
}

const defaultTimeouts: Timeouts = { headersMs: 30_000, bodyIdleMs: 30_000 };
const defaultMaxBodyBytes = 32 * 1024 * 1024;
const defaultRetries: Retries = { failures: 3, limits: 10 };

export function createTransport(options: TransportOptions): Transport {
  const { provider } = options;
  const pipeline = createPipeline(options);
  return {
    fetch(call = {}, { secrets = [] } = {}) {
      return async (input, init) => {
        const given = init?.signal ?? (input instanceof Request ? input.signal : undefined);
        const run = linkAbort(call.signal, given);
        try {
          run.signal.throwIfAborted();
          const parts = await abortable(readRequest(provider, input, init), run.signal);
          const request = { ...parts, signal: run.signal, call, secrets, visited: [], renewed: false };
          const answer = await abortable(pipeline(request), run.signal);
          if (answer.failure !== undefined) throw answer.failure;
          return toResponse(answer);
        } finally {
          run.unlink();
        }
      };
    },
  };
}

/** Reads from the bottom up: what is called last sees a request first. */
function createPipeline(options: TransportOptions): Handler {
  const { provider, profile, context, authorization, key = randomUUID() } = options;
  const origins = new Set(options.origins.map((origin) => new URL(origin).origin));
  const address = new URL(options.origins[0]).origin;
  const scopeOf = createLimitScopes({ provider, address, key, application: options.application });

  const exchange = createExchange({
    provider,
    context,
    timeouts: { ...defaultTimeouts, ...options.timeouts },
    maxBodyBytes: options.maxBodyBytes ?? defaultMaxBodyBytes,
  });
  const classified = withClassification(exchange, { provider, profile });
  const redirected = withRedirects(classified, { provider, forge: profile.forge, origins });
  const checked = withOriginCheck(redirected, { provider, origins });
  const confirmed = withConfirmation(checked, context);
  const authorized = authorization ? withAuthorization(confirmed, { provider, authorization }) : confirmed;
  const limited = withRateLimit(authorized, { provider, profile, context, scopeOf });
  const retried = withRetry(limited, { context, retries: { ...defaultRetries, ...options.retries } });
  const followed = withFollowUps(retried);
  const { responses } = context;
  if (responses === undefined || options.key === undefined || profile.countsUnchanged === true)
    return followed;
  return withConditionalCache(followed, {
    provider,
    profile,
    responses,
    context,
    address: options.origins[0],
    key,
  });
}
