import type { GitProvider, Identity } from '@anyforge/core';
import { forgeLink } from '../forge-links.js';
import type { LockedOrganization } from '../git-providers/organization-settings.js';
import type { Schedule } from '../git-providers/schedule.js';
import { fromNullableJson } from '../store/json.js';
import type { GitProviderDraftRow } from '../store/rows/sign-ins.js';
import type { GitProviderRow } from '../store/schema.js';
import { toIdentity } from '../sign-ins/stored-identity.js';
import { isBoundTo } from './draft-sign-in.js';
import type { OpenDraft } from './open-draft.js';

/** Settings of a git provider that somebody is typing: everything but the secrets. */
export interface DraftView {
  readonly id: string;
  readonly type: string;
  /** The git provider that is being changed, or the id that the new one will have. */
  readonly gitProviderId: string;
  /** The version that is being changed. Absent: it is a new one. */
  readonly gitProviderVersion?: number | undefined;
  /** Where the forge has to send people back to, exactly so. */
  readonly redirectUrl: string;
  readonly name: string;
  /** Without its secrets. */
  readonly config: unknown;
  readonly secretsSet: readonly string[];
  /** Given for another address or OAuth client: they are sent nowhere, and have to be typed again. */
  readonly secretsToRetype: readonly string[];
  readonly organizations: readonly LockedOrganization[];
  readonly patterns: readonly string[];
  readonly syncPolicy: GitProviderRow['sync_policy'];
  readonly schedule: Schedule | null;
  /** Grows with every change. */
  readonly revision: number;
  /** Null: nobody has signed in for the test. */
  readonly signIn: DraftSignInView | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly expiresAt: Date;
}

export interface DraftSignInView {
  readonly kind: 'token' | 'oauth';
  /** Absent: no test has asked whose it is. */
  readonly identity?: Identity | undefined;
  /** False: it was made at another address or with another OAuth client than the draft has now, and is not used. */
  readonly usable: boolean;
}

export function toDraftView(
  row: GitProviderDraftRow,
  { content, settings, redirectUrl, provider }: OpenDraft,
): DraftView {
  const { secretsSet, secretsToRetype } = settings;
  const { name, config, organizations, patterns, syncPolicy, schedule } = content;
  const identity = fromNullableJson(row.identity);
  return {
    id: row.id,
    type: row.type,
    gitProviderId: row.git_provider_id,
    gitProviderVersion: row.base_version ?? undefined,
    redirectUrl,
    name,
    config,
    secretsSet,
    secretsToRetype,
    organizations,
    patterns,
    syncPolicy,
    schedule,
    revision: row.revision,
    signIn:
      row.credential_kind === null
        ? null
        : {
            kind: row.credential_kind,
            identity: identity === undefined ? undefined : withLinks(toIdentity(identity), provider),
            usable: isBoundTo(row, config),
          },
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
    expiresAt: new Date(row.expires_at),
  };
}

/** The links that the forge sent, as far as they lead to itself. */
function withLinks(identity: Identity, provider: GitProvider | undefined): Identity {
  const { account } = identity;
  const link = provider === undefined ? () => undefined : forgeLink(provider);
  const links = { avatarUrl: link(account.avatarUrl), webUrl: link(account.webUrl) };
  return { ...identity, account: { ...account, ...links } };
}
