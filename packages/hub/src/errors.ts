const kinds = {
  invalid_input: 422,
  not_found: 404,
  unknown_provider_type: 422,
  duplicate_name: 409,
  username_mismatch: 422,
  not_connected: 409,
  store_locked: 503,
  store_too_new: 503,
  store_unusable: 503,
  invalid_encryption_key: 503,
  missing_encryption_key: 503,
  wrong_encryption_key: 503,
  closed: 503,
} as const satisfies Record<string, number>;

/** Why the hub refused. A closed set. What a forge refused is a `ProviderError` and passes through as it is. */
export type HubErrorKind = keyof typeof kinds;

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

  constructor(kind: HubErrorKind, message: string, issues: readonly FieldIssue[] = []) {
    super(message);
    this.kind = kind;
    this.issues = issues;
  }

  /** The HTTP status with which a server tells of it. */
  get status(): number {
    return kinds[this.kind];
  }

  /** An `invalid_input` whose message names every field. */
  static invalidInput(issues: readonly FieldIssue[]): HubError {
    const words = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
    return new HubError('invalid_input', words.join(' '), issues);
  }
}
