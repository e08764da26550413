import type { Schema } from '../schema.js';

/** What goes along, in an order in which each row finds what it refers to. */
export const movedTables = [
  'meta',
  'people',
  'sessions',
  'api_tokens',
  'password_links',
  'set_up_codes',
  'attempt_limits',
  'git_providers',
  'git_provider_drafts',
  'sign_ins',
  'connections',
  'generations',
  'generation_pages',
  'repositories',
  'repository_reach',
  'permissions',
  'syncs',
  'sync_tasks',
  'audit_events',
] as const satisfies readonly (keyof Schema)[];

export type MovedTable = (typeof movedTables)[number];

/** What stays behind, because it is made anew, or belongs to the process that had the embedded database. */
export const leftTables = [
  'schema_migrations',
  'sync_runners',
  'chores',
  'rate_budgets',
  // The forges are asked again.
  'answers',
] as const satisfies readonly Exclude<keyof Schema, MovedTable>[];
