/**
 * Every column that holds what the vault sealed, in a table whose rows have an `id`. A change of the key re-encrypts
 * these and no others, and nothing can be sealed for a column that is not here.
 */
export const sealedColumns = [
  { table: 'connections', column: 'credential' },
  { table: 'git_providers', column: 'secrets' },
  { table: 'sign_ins', column: 'transaction_sealed' },
  { table: 'sign_ins', column: 'credential' },
  { table: 'git_provider_drafts', column: 'content' },
  { table: 'git_provider_drafts', column: 'credential' },
  { table: 'answers', column: 'value' },
] as const;

export type SealedColumn = (typeof sealedColumns)[number];

/** Tables whose rows are worth no more than the time that they save: a change of the key deletes them. */
export const dispensableTables: ReadonlySet<SealedColumn['table']> = new Set(['answers']);

/** What is sealed for browsers to keep, and stored nowhere: with its key retired, it is worth nothing any more. */
type HeldByBrowsers =
  | { readonly table: 'people'; readonly column: 'known_browser' }
  | { readonly table: 'sessions'; readonly column: 'pre_session' };

/** Where a sealed value stands. A value copied to another place can't be opened there. */
export type VaultRecord = (SealedColumn | HeldByBrowsers) & { readonly id: string };
