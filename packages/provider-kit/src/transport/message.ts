import type { CallOptions, ProviderError } from '@anyforge/core';

/** One request on its way down the pipeline. Never changed: a wrapper passes on a copy. */
export interface ForgeRequest {
  readonly url: URL;
  /** In capitals. */
  readonly method: string;
  readonly headers: Headers;
  /** Bytes, so that it can be sent again. */
  readonly body?: Uint8Array<ArrayBuffer> | undefined;
  readonly signal: AbortSignal;
  readonly call: CallOptions;
  /** What no text about this request may contain. */
  readonly secrets: readonly string[];
  /** The URLs that redirected here, oldest first. */
  readonly visited: readonly string[];
  /** The credential of this request was renewed once already. */
  readonly renewed: boolean;
}

/** What became of a request: an answer read whole, or a failure to get one. */
export interface Answer {
  readonly url: URL;
  /** 0 when the forge did not answer. */
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
  /** When its headers came: what they tell of moments holds from then, however long the body took. */
  readonly answeredAt: Date;
  /** Classified once; wrappers look at its kind. Thrown at the top of the pipeline. */
  readonly failure?: ProviderError | undefined;
  /**
   * Asking again at once cannot help, whatever the policy of the failure's kind is. The transport heeds it; consumers
   * see the kind's `retryable`, since an operator may mend a name or a certificate in the meantime.
   */
  readonly hopeless?: boolean | undefined;
  /** What was answered counts only if it is answered once more after this long. */
  readonly confirmAfterMs?: number | undefined;
  /** The same request has to be made again with these changes, past the limiter. */
  readonly again?: FollowUp | undefined;
}

type FollowUp = Partial<Pick<ForgeRequest, 'url' | 'visited' | 'renewed'>>;

/**
 * One layer of the pipeline. What it throws is final (a cancelled call, a refused URL, a credential that cannot
 * be had); what may be mended by asking again it returns as an answer with a `failure`.
 */
export type Handler = (request: ForgeRequest) => Promise<Answer>;
