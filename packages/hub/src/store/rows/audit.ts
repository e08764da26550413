import type { Json } from '../json.js';

/** Something that somebody did, for the operator to look up. Never carries a secret. */
export interface AuditEventRow {
  readonly id: string;
  readonly at: number;
  /** Null for the server itself. */
  readonly person_id: string | null;
  readonly via: 'session' | 'api_token' | 'server';
  /** `git_credential.issued`, `git_provider.deleted`. */
  readonly action: string;
  readonly git_provider_id: string | null;
  readonly details: Json<object>;
}
