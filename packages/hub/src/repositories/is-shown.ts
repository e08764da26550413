import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely';
import type { Schema } from '../store/schema.js';

/**
 * Whether people may see what a connection shows. They may not while a list from before a change of the organization
 * settings has still to be narrowed to these: it may hold what is not let through any more.
 */
export function isShown(
  expression: ExpressionBuilder<Schema, 'connections'>,
): ExpressionWrapper<Schema, 'connections', SqlBool> {
  return expression.not(
    expression.exists(
      expression
        .selectFrom('generations')
        .innerJoin('git_providers', 'git_providers.id', 'generations.git_provider_id')
        .select('generations.id')
        .whereRef('generations.id', '=', 'connections.visible_generation')
        .whereRef('generations.listing_version', '<', 'git_providers.listing_version')
        .whereRef('git_providers.filtered_version', '<', 'git_providers.listing_version'),
    ),
  );
}
