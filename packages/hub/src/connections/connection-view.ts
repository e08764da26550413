import type { Account, Omission } from '@anyforge/core';
import { fromNullableJson, toDate } from '../store/json.js';
import type { ConnectionRow } from '../store/schema.js';

/** One person's sign-in to one git provider: everything but the credential. */
export interface ConnectionView {
  readonly gitProviderId: string;
  readonly kind: 'token' | 'oauth';
  readonly account: Account;
  readonly email?: string | undefined;
  /** Absent: the forge does not tell. */
  readonly scopes?: readonly string[] | undefined;
  readonly missingScopes?: readonly string[] | undefined;
  readonly expiresAt?: Date | undefined;
  /** The forge has refused the credential for good: sign in again. */
  readonly needsAttention?: { readonly reason: string; readonly since: Date } | undefined;
  /** The list of repositories that is visible now. Absent: none has been completed. */
  readonly visible?: { readonly completedAt: Date; readonly omitted: readonly Omission[] } | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export function toConnectionView(row: ConnectionRow): ConnectionView {
  return {
    gitProviderId: row.git_provider_id,
    kind: row.kind,
    account: {
      id: row.account_id,
      username: row.account_username,
      kind: row.account_kind,
      displayName: row.account_display_name ?? undefined,
      avatarUrl: row.account_avatar_url ?? undefined,
      webUrl: row.account_web_url ?? undefined,
    },
    email: row.email ?? undefined,
    scopes: fromNullableJson(row.scopes),
    missingScopes: fromNullableJson(row.missing_scopes),
    expiresAt: toDate(row.expires_at),
    needsAttention:
      row.attention_reason === null || row.attention_at === null
        ? undefined
        : { reason: row.attention_reason, since: new Date(row.attention_at) },
    visible:
      row.visible_completed_at === null
        ? undefined
        : {
            completedAt: new Date(row.visible_completed_at),
            omitted: fromNullableJson(row.visible_omitted) ?? [],
          },
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
  };
}
