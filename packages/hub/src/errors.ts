/**
 * Why the hub refused. A closed set. What a forge refused is a `ProviderError` and passes through as it is.
 *
 * - What was asked: `invalid_input`, `not_found`, `unknown_provider_type`, `duplicate_name`, `username_mismatch`,
 *   `not_connected`, `settings_changed`
 * - Who asked: `not_signed_in`, `not_allowed`, `wrong_credentials`, `wrong_set_up_code`, `link_expired`,
 *   `too_many_attempts`, `single_sign_on_failed`, `single_sign_on_expired`, `single_sign_on_unavailable`
 * - Accounts: `already_set_up`, `last_administrator`
 * - Changing a git provider: `version_conflict`, `type_fixed`, `name_mismatch`, `parks_connections`, `clean_up_changed`
 * - Signing in at a forge: `oauth_unavailable`, `sign_in_unknown`, `sign_in_foreign`, `sign_in_used`, `sign_in_expired`,
 *   `sign_in_cancelled`, `sign_in_interrupted`, `account_mismatch`
 * - Testing a git provider: `too_many_tests`
 * - The installation: `busy`, `invalid_plugin`, `store_full`, `store_failed`, `closed`
 * - Opening the data folder: `store_locked`, `store_too_new`, `store_unusable`, `invalid_encryption_key`,
 *   `missing_encryption_key`, `wrong_encryption_key`, `encryption_key_in_use`
 */
export type HubErrorKind =
  | 'invalid_input'
  | 'not_found'
  | 'unknown_provider_type'
  | 'duplicate_name'
  | 'username_mismatch'
  | 'not_connected'
  | 'settings_changed'
  | 'not_signed_in'
  | 'not_allowed'
  | 'wrong_credentials'
  | 'wrong_set_up_code'
  | 'link_expired'
  | 'single_sign_on_failed'
  | 'single_sign_on_expired'
  | 'single_sign_on_unavailable'
  | 'too_many_attempts'
  | 'already_set_up'
  | 'last_administrator'
  | 'version_conflict'
  | 'type_fixed'
  | 'name_mismatch'
  | 'parks_connections'
  | 'clean_up_changed'
  | 'too_many_tests'
  | 'busy'
  | 'no_git_provider'
  | 'ambiguous_git_provider'
  | 'needs_attention'
  | 'oauth_unavailable'
  | 'sign_in_unknown'
  | 'sign_in_foreign'
  | 'sign_in_used'
  | 'sign_in_expired'
  | 'sign_in_cancelled'
  | 'sign_in_interrupted'
  | 'account_mismatch'
  | 'invalid_plugin'
  | 'store_full'
  | 'store_failed'
  | 'closed'
  | 'store_locked'
  | 'store_too_new'
  | 'store_unusable'
  | 'invalid_encryption_key'
  | 'missing_encryption_key'
  | 'wrong_encryption_key'
  | 'encryption_key_in_use';

/** The HTTP status of each kind that a request can meet; null: it is met when the data folder is opened. */
export const hubErrorStatuses: Readonly<Record<HubErrorKind, number | null>> = {
  invalid_input: 422,
  not_found: 404,
  unknown_provider_type: 422,
  duplicate_name: 409,
  username_mismatch: 422,
  not_connected: 409,
  settings_changed: 409,
  not_signed_in: 401,
  not_allowed: 403,
  wrong_credentials: 401,
  wrong_set_up_code: 403,
  link_expired: 410,
  single_sign_on_failed: 403,
  single_sign_on_expired: 410,
  single_sign_on_unavailable: 503,
  too_many_attempts: 429,
  already_set_up: 409,
  last_administrator: 409,
  version_conflict: 412,
  type_fixed: 422,
  name_mismatch: 422,
  parks_connections: 409,
  clean_up_changed: 409,
  too_many_tests: 429,
  busy: 503,
  no_git_provider: 404,
  ambiguous_git_provider: 409,
  needs_attention: 409,
  oauth_unavailable: 409,
  sign_in_unknown: 404,
  sign_in_foreign: 403,
  sign_in_used: 409,
  sign_in_expired: 410,
  sign_in_cancelled: 409,
  sign_in_interrupted: 503,
  account_mismatch: 409,
  invalid_plugin: 500,
  store_full: 507,
  store_failed: 503,
  closed: 503,
  store_locked: null,
  store_too_new: null,
  store_unusable: null,
  invalid_encryption_key: null,
  missing_encryption_key: null,
  // Of one secret that was changed or moved behind our back.
  wrong_encryption_key: 503,
  encryption_key_in_use: null,
};

/** One field that is wrong. Never carries the value, which may be a secret. */
export interface FieldIssue {
  /** `name`, `config.oauth.clientId`; empty for the input as a whole. */
  readonly path: string;
  readonly message: string;
}

/** The one class of error that the hub itself throws. Its message says what to do, and never carries a secret. */
export class HubError extends Error {
  override readonly name = 'HubError';
  readonly kind: HubErrorKind;
  /** Which fields of the input are wrong; empty for other kinds than `invalid_input`. */
  readonly issues: readonly FieldIssue[];
  /** When asking again makes sense: of `too_many_attempts` and `busy`. */
  readonly retryAt: Date | undefined;
  /** The number that has to be confirmed: of `parks_connections` and `clean_up_changed`. */
  readonly count: number | undefined;

  constructor(
    kind: HubErrorKind,
    message: string,
    issues: readonly FieldIssue[] = [],
    retryAt?: Date,
    count?: number,
  ) {
    super(message);
    this.kind = kind;
    this.issues = issues;
    this.retryAt = retryAt;
    this.count = count;
  }

  /** The HTTP status with which a server tells of it. */
  get status(): number {
    return hubErrorStatuses[this.kind] ?? 500;
  }

  /** The `closed` of everything that is cut short when the hub closes. */
  static closed(): HubError {
    return new HubError('closed', 'The server is stopping. Ask again when it is back.');
  }

  /** An `invalid_input` whose message names every field, each in a sentence of its own. */
  static invalidInput(issues: readonly FieldIssue[]): HubError {
    const words = issues.map(({ path, message }) => {
      const sentence = /[.!?]$/.test(message) ? message : `${message}.`;
      return path === '' ? sentence : `${path}: ${sentence}`;
    });
    return new HubError('invalid_input', words.join(' '), issues);
  }
}
