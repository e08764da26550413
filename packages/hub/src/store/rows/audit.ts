import type { Json } from '../json.js';

/** Something that somebody did, for people to look up. Never carries a secret. */
export interface AuditEventRow {
  readonly id: string;
  readonly at: number;
  /** Null for the server itself. */
  readonly person_id: string | null;
  /** As it was then: the person may be gone. */
  readonly username: string | null;
  readonly via: 'session' | 'api_token' | 'server';
  /** Which session or API token. */
  readonly via_id: string | null;
  /** The person to whom it was done, where that is somebody else. */
  readonly subject_id: string | null;
  /** Who may look it up besides those two. */
  readonly audience: 'administrators' | 'nobody';
  /** `git_credential.issued`, `git_provider.deleted`. */
  readonly action: string;
  readonly git_provider_id: string | null;
  readonly details: Json<object>;
}
