import { createHash } from 'node:crypto';
import type { ResponseCache } from '@anyforge/core';
import type { ResolvedContext } from '../context.js';
import { createClassifier } from '../transport/classify.js';
import type { Answer, ForgeRequest, Handler } from '../transport/message.js';
import type { ForgeProfile } from '../transport/profile.js';
import { withinMs } from '../within-ms.js';
import type { StoredAnswer } from './stored-answer.js';
import { fromEntry, isWhole, revive, toEntry } from './stored-answer.js';

export interface ConditionalCacheOptions {
  readonly provider: string;
  readonly profile: ForgeProfile;
  readonly responses: ResponseCache;
  readonly context: Pick<ResolvedContext, 'clock' | 'logger'>;
  /** The forge's own origin. */
  readonly address: string;
  /** The account's: no two accounts share an answer. */
  readonly key: string;
}

/** A cache may be a network away; beyond this it costs more time than it saves. */
const patienceMs = 5_000;

class LateCacheError extends Error {
  override readonly name = 'LateCacheError';
}

/** Requests that have conditions, ranges or a credential of their own are theirs to make. */
const bypassing: readonly string[] = [
  'authorization',
  'cookie',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'range',
];

/**
 * Asks the forge whether an answer that is kept is still the one it would give, and then gives that one. Every read
 * goes to the forge, past the limiter, so nothing stale is ever given out, and what an account may not see any more is
 * refused. A cache that fails, hangs or holds rubbish costs the saving, never the call.
 */
export function withConditionalCache(next: Handler, options: ConditionalCacheOptions): Handler {
  const { provider, profile, responses, context } = options;
  const { callerHeaders = [] } = profile;
  const classify = createClassifier(options);

  const recall = async (name: string, signal: AbortSignal): Promise<StoredAnswer | undefined> => {
    try {
      const late = (): never => {
        throw new LateCacheError();
      };
      const reading = (async () => responses.read(name))();
      return fromEntry(await withinMs(context.clock, patienceMs, reading, { late, signal }));
    } catch (error) {
      signal.throwIfAborted();
      warn(error instanceof LateCacheError ? 'was too slow' : 'failed');
      return undefined;
    }
  };
  /** Holds nobody up. */
  const keep = async (name: string, answer: Answer): Promise<void> => {
    const entry = toEntry(answer, callerHeaders);
    if (entry === undefined) return;
    try {
      await responses.write(name, entry);
    } catch {
      warn('failed');
    }
  };
  const warn = (what: string): void => {
    context.logger.warn({ provider }, `the cache of answers ${what}; the forge is asked without it`);
  };

  return async (request) => {
    if (!isCacheable(request)) return next(request);
    const name = entryName(request, options);
    const stored = await recall(name, request.signal);
    const answer = await next(stored ? withCondition(request, stored.etag) : request);
    if (stored === undefined || answer.status !== 304) {
      void keep(name, answer);
      return answer;
    }
    const isGiven = request.method === 'HEAD' || (await isWhole(stored));
    const revived = isGiven ? revive(stored, answer) : undefined;
    // What the forge's rows would not let pass has to come from the forge: there it may be mended, or is its own word.
    if (revived !== undefined && classify(request, revived).failure === undefined) return revived;
    const whole = await next(request);
    void keep(name, whole);
    return whole;
  };
}

function isCacheable({ method, headers, secrets }: ForgeRequest): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (secrets.length > 0 || bypassing.some((name) => headers.has(name))) return false;
  return !/\bno-(store|cache)\b/i.test(headers.get('cache-control') ?? '');
}

/**
 * `provider:account:request`, so that what is kept of an account can be found. Hashes, so that nothing of what is asked
 * can be read from them. Every header may change the answer.
 */
function entryName({ url, method, headers }: ForgeRequest, options: ConditionalCacheOptions): string {
  const { provider, address, key } = options;
  const asked = new URL(url);
  asked.hash = '';
  const request = JSON.stringify([address, method, asked.href, [...headers]]);
  return `${provider}:${hash(key)}:${hash(request)}`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function withCondition(request: ForgeRequest, etag: string): ForgeRequest {
  const headers = new Headers(request.headers);
  headers.set('if-none-match', etag);
  return { ...request, headers };
}
