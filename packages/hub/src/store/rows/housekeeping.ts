/** A piece of housekeeping, which one process at a time does. */
export interface ChoreRow {
  readonly name: string;
  /** Who is at it; null: nobody. */
  readonly claim_id: string | null;
  /** By the clock of the database; then it is anybody's again. */
  readonly claim_until: number;
  /** By the clock of the database: not done again before. */
  readonly due_at: number;
}

/**
 * A repository that nobody has listed for a while, and that stood in a list all the same: that of somebody who has not
 * synchronized since. Kept apart from the repository, which is written by those who list it.
 */
export interface RepositoryReachRow {
  readonly git_provider_id: string;
  readonly forge_id: string;
  readonly reached_at: number;
}
