import { hash } from 'node:crypto';
import type { Permission, Repository } from '@anyforge/core';
import { permissionLevels } from '@anyforge/core';
import type { ForgeLink } from '../forge-links.js';
import { sshAddress } from '../forge-links.js';
import { toDate } from '../store/json.js';
import type { PermissionRow, RepositoryRow } from '../store/schema.js';
import { keyOf, storableText } from '../store/text.js';

/** A repository as one person sees it through one git provider. `id` is the forge's. */
export interface ListedRepository extends Omit<Repository, 'webUrl' | 'httpsCloneUrl'> {
  readonly gitProviderId: string;
  /** Absent, as other links are: the forge gave one that leads away from its own addresses. */
  readonly webUrl?: string | undefined;
  readonly httpsCloneUrl?: string | undefined;
  /** When the person's last complete listing ended, which has it, or when the forge told of it since, to anyone. */
  readonly observedAt: Date;
}

export function toRepositoryRow(
  repository: Repository,
  observed: {
    readonly gitProviderId: string;
    readonly observedAt: Date;
    readonly settingsVersion: number;
  },
): RepositoryRow {
  const told = {
    forge_id: storableText(repository.id),
    path: storableText(repository.path),
    path_key: keyOf(repository.path),
    name: storableText(repository.name),
    name_key: keyOf(repository.name),
    namespace: storableText(repository.namespace),
    description: nullableText(repository.description),
    web_url: storableText(repository.webUrl),
    https_clone_url: storableText(repository.httpsCloneUrl),
    ssh_clone_url: nullableText(repository.sshCloneUrl),
    default_branch: nullableText(repository.defaultBranch),
    visibility: repository.visibility,
    archived: Number(repository.archived),
    fork: repository.fork === undefined ? null : Number(repository.fork),
    updated_at: repository.updatedAt?.getTime() ?? null,
    listed_under: observed.settingsVersion,
  } as const;
  return {
    ...told,
    git_provider_id: observed.gitProviderId,
    observed_at: observed.observedAt.getTime(),
    digest: digestOf(told),
  };
}

/** As good as one of a kind: 128 bits. */
function digestOf(told: object): string {
  return hash('sha256', JSON.stringify(told), 'base64url').slice(0, 22);
}

/** Without the sort key, which is the stored repository's. */
export type GrantedPermission = Pick<
  PermissionRow,
  'forge_id' | 'level' | 'level_rank' | 'native' | 'reason'
>;

export function toPermissionRow({ id, permission }: Repository): GrantedPermission {
  return {
    forge_id: storableText(id),
    level: permission.level,
    level_rank: levelRank(permission.level),
    native: storableText(permission.native),
    reason: permission.level === 'unknown' ? storableText(permission.reason) : null,
  };
}

/** -1 for `unknown`. */
export function levelRank(level: Permission['level']): number {
  return permissionLevels.findIndex((known) => known === level);
}

export interface ListedRow extends RepositoryRow, Pick<PermissionRow, 'level' | 'native' | 'reason'> {
  /** When the listing ended that it is shown of; `null`: that is not complete yet. */
  readonly completed_at: number | null;
}

/** @param link of its git provider */
export function toListedRepository(row: ListedRow, link: ForgeLink): ListedRepository {
  return {
    gitProviderId: row.git_provider_id,
    id: row.forge_id,
    path: row.path,
    name: row.name,
    namespace: row.namespace,
    description: row.description ?? undefined,
    webUrl: link(row.web_url),
    httpsCloneUrl: link(row.https_clone_url),
    sshCloneUrl: sshAddress(row.ssh_clone_url),
    defaultBranch: row.default_branch ?? undefined,
    visibility: row.visibility,
    archived: row.archived === 1,
    fork: row.fork === null ? undefined : row.fork === 1,
    updatedAt: toDate(row.updated_at),
    permission:
      row.level === 'unknown'
        ? { level: row.level, native: row.native, reason: row.reason ?? '' }
        : { level: row.level, native: row.native },
    // What a listing tells unchanged is not written again each time.
    observedAt: new Date(Math.max(row.observed_at, row.completed_at ?? 0)),
  };
}

function nullableText(text: string | undefined): string | null {
  return text === undefined ? null : storableText(text);
}
