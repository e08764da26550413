import type { PermissionLevel, Repository } from '@anyforge/core';
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import { sql } from 'kysely';
import { withoutTrailingSlashes } from '../slashes.js';
import type { Schema } from '../store/schema.js';
import { keyOf } from '../store/text.js';
import { levelRank } from './repository-rows.js';

export interface RepositoryFilter {
  /** A part of the path, whatever its case. */
  readonly search?: string | undefined;
  readonly gitProviderId?: string | undefined;
  /** The path of an organization, with all that is below it: `acme` has `acme/platform/api`, and not `acme-2/api`. */
  readonly organization?: string | undefined;
  /** At least this level; `unknown`: only those whose permission is not known. */
  readonly level?: PermissionLevel | 'unknown' | undefined;
  readonly visibility?: Repository['visibility'] | undefined;
  readonly archived?: boolean | undefined;
}

type Condition = Expression<SqlBool>;

/** The part of a filter that the permission alone decides. */
export function onPermission(
  expression: ExpressionBuilder<Schema, 'permissions'>,
  { search, organization, level }: RepositoryFilter,
): Condition[] {
  const conditions: Condition[] = [];
  if (search !== undefined) {
    const pattern = `%${keyOf(search).replace(/[\\%_]/g, '\\$&')}%`;
    conditions.push(sql<SqlBool>`${expression.ref('permissions.path_key')} like ${pattern} escape '\\'`);
  }
  if (organization !== undefined) {
    const prefix = withoutTrailingSlashes(keyOf(organization));
    // A range of the index: "0" is what follows "/".
    conditions.push(expression('permissions.path_key', '>=', `${prefix}/`));
    conditions.push(expression('permissions.path_key', '<', `${prefix}0`));
  }
  if (level !== undefined) {
    conditions.push(expression('permissions.level_rank', level === 'unknown' ? '=' : '>=', levelRank(level)));
  }
  return conditions;
}

/** The part of a filter for which the repository itself has to be looked up. */
export function onRepository(
  expression: ExpressionBuilder<Schema, 'repositories'>,
  { visibility, archived }: RepositoryFilter,
): Condition[] {
  const conditions: Condition[] = [];
  if (visibility !== undefined) conditions.push(expression('repositories.visibility', '=', visibility));
  if (archived !== undefined) conditions.push(expression('repositories.archived', '=', Number(archived)));
  return conditions;
}
