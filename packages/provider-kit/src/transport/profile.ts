import type { ErrorKind, ProviderErrorDetails, RateBudget } from '@anyforge/core';

/** One forge's habits on the wire, as data. */
export interface ForgeProfile {
  /** What people call it, in sentences: `GitHub`. */
  readonly forge: string;
  /** The first row that matches decides; without one the status does. A row may match any status, 200 too. */
  readonly errors: readonly ErrorRow[];
  /**
   * Whether an answer of 400 and above that no row speaks of is no failure, but the caller's to read: OAuth tells what
   * it refuses in the body. None is by default.
   */
  readonly accepts?: ((answer: FailedAnswer) => boolean) | undefined;
  /** The forge's words for people in the parsed JSON body of an error. */
  readonly readMessage: (body: unknown) => string | undefined;
  readonly requestIdHeader: string;
  /**
   * Headers that tell of who asks, such as the account or its scopes, in small letters: those of an answer that was kept
   * do not count, for a 304 may be for somebody else, or for nobody.
   */
  readonly callerHeaders?: readonly string[] | undefined;
  /**
   * Whether an answer that nothing has changed (304) is counted on the limits as any other: then none are kept to ask for
   * it. It is free unless told otherwise.
   */
  readonly countsUnchanged?: boolean | undefined;
  readonly limits: LimitProfile;
}

/** One quirk: all conditions that are present must hold. */
export interface ErrorRow {
  readonly status: number | readonly number[];
  /** Present, and matching the pattern if there is one. */
  readonly header?: { readonly name: string; readonly pattern?: RegExp | undefined } | undefined;
  /** Matched against the forge's message, or its plain-text body. */
  readonly message?: RegExp | undefined;
  readonly when?: ((answer: FailedAnswer) => boolean) | undefined;
  readonly kind: ErrorKind;
  /** What happened, as a sentence; without one the kind has its own, with the forge's words where these tell more. */
  readonly text?: ((answer: FailedAnswer) => string) | undefined;
  readonly repair?: ((answer: FailedAnswer) => Repair | undefined) | undefined;
  /**
   * The forge answers so without meaning it at times: a request that may be repeated is sent once more after this long,
   * and what is answered then counts. A call whose `maxWaitMs` is less takes the first one for what it says.
   */
  readonly confirmAfterMs?: number | undefined;
  /** Where the vendor, or somebody who measured it, says so. */
  readonly see: string;
}

export type Repair = NonNullable<ProviderErrorDetails['repair']>;

/** An answer that an error row looks at. */
export interface FailedAnswer {
  readonly method: string;
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON body; undefined when it is not JSON. */
  readonly body: unknown;
  /**
   * What `readMessage` found, else the plain-text body, word for word, so that what it means does not depend on the
   * credential. Texts and repairs made of it are scrubbed before they are shown.
   */
  readonly message?: string | undefined;
}

export interface LimitProfile {
  /** The budget that the forge tells in headers. Absent: it tells none. */
  readonly budget?: BudgetHeaders | undefined;
  /** Limits that the forge has but does not tell, counted here over a sliding window. */
  readonly pacing: readonly PacingRule[];
  /** How long a limited answer that names no time closes the account; doubled each time in a row. */
  readonly fallbackWaitMs: number;
  /** Whose requests a refusal speaks of; the account's ('credential') by default. */
  readonly refusalsPer?: RateBudget['per'] | undefined;
}

export interface BudgetHeaders {
  readonly limit: string;
  readonly remaining: string;
  readonly reset: string;
  /** What the reset header holds: an epoch in seconds, a number of seconds from now, or an HTTP date. */
  readonly resetFormat: 'epoch-seconds' | 'seconds' | 'http-date';
  /** The header that names the bucket a request was counted on. */
  readonly resource?: string | undefined;
  /** The bucket that a request will be counted on, known before it is sent. 'core' when absent. */
  readonly resourceOf?: ((method: string, url: URL) => string) | undefined;
  readonly per: RateBudget['per'];
}

export interface PacingRule {
  readonly scope: string;
  readonly limit: number;
  readonly windowMs: number;
  readonly per: RateBudget['per'];
  readonly cost: (method: string) => number;
  /** Absent: every request. */
  readonly appliesTo?: ((method: string, url: URL) => boolean) | undefined;
}
