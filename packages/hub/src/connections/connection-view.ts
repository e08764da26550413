import type { Account, Omission } from '@anyforge/core';
import { configuredLink } from '../forge-links.js';
import { bindingOf } from '../git-providers/binding.js';
import { fromJson, fromNullableJson, toDate } from '../store/json.js';
import type { ConnectionRow, GitProviderRow } from '../store/schema.js';
import type { Expiry } from './expiry.js';
import { expiryOf } from './expiry.js';

/** One person's sign-in to one git provider: everything but the credential. */
export interface ConnectionView {
  readonly gitProviderId: string;
  readonly kind: 'token' | 'oauth';
  readonly account: Account;
  readonly email?: string | undefined;
  /** Absent: the forge does not tell. */
  readonly scopes?: readonly string[] | undefined;
  readonly missingScopes?: readonly string[] | undefined;
  /** Of the credential that is used now. */
  readonly expiresAt?: Date | undefined;
  /** Absent: it does not end by itself, or is kept alive. */
  readonly expiry?: Expiry | undefined;
  /** The forge has refused the credential for good, or the git provider has another address now: sign in again. */
  readonly needsAttention?: { readonly reason: string; readonly since: Date } | undefined;
  /** The list of repositories that is visible now. Absent: none has been completed. */
  readonly visible?: { readonly completedAt: Date; readonly omitted: readonly Omission[] } | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The git provider's settings a connection is looked at with. */
export type ConnectionSettings = Pick<GitProviderRow, 'name' | 'config' | 'updated_at'>;

/** @param settings as they are now: a credential that was given for others is not used, and says so. */
export function toConnectionView(
  row: ConnectionRow,
  settings: ConnectionSettings,
  now: Date,
): ConnectionView {
  const link = configuredLink(settings);
  return {
    gitProviderId: row.git_provider_id,
    kind: row.kind,
    account: {
      id: row.account_id,
      username: row.account_username,
      kind: row.account_kind,
      displayName: row.account_display_name ?? undefined,
      avatarUrl: link(row.account_avatar_url),
      webUrl: link(row.account_web_url),
    },
    email: row.email ?? undefined,
    scopes: fromNullableJson(row.scopes),
    missingScopes: fromNullableJson(row.missing_scopes),
    expiresAt: toDate(row.expires_at),
    expiry: expiryOf(row, now),
    needsAttention: attentionOf(row, settings),
    visible:
      row.visible_completed_at === null
        ? undefined
        : {
            completedAt: new Date(row.visible_completed_at),
            omitted: (fromNullableJson(row.visible_omitted) ?? []).map((omission) => ({
              ...omission,
              url: link(omission.url),
            })),
          },
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
  };
}

/** Whether a credential may be sent where these settings lead: never to another address than it was given for. */
export function isBoundTo(
  row: Pick<ConnectionRow, 'bound_to' | 'kind'>,
  { config }: Pick<GitProviderRow, 'config'>,
): boolean {
  return row.bound_to === '' || row.bound_to === bindingOf(fromJson(config), row.kind);
}

function attentionOf(row: ConnectionRow, settings: ConnectionSettings): ConnectionView['needsAttention'] {
  if (row.attention_reason !== null && row.attention_at !== null) {
    return { reason: row.attention_reason, since: new Date(row.attention_at) };
  }
  if (isBoundTo(row, settings)) return undefined;
  const what = row.kind === 'oauth' ? 'address or OAuth application' : 'address';
  return {
    reason: `The ${what} of ${settings.name} was changed after you signed in, and your sign-in is not used there.`,
    since: new Date(settings.updated_at),
  };
}
