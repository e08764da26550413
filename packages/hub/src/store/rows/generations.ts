import type { Json } from '../json.js';

/**
 * One listing of one connection, written page by page. Swept when no connection shows it or is compared with it, and no
 * task writes it.
 */
export interface GenerationRow {
  readonly id: string;
  readonly connection_id: string;
  readonly git_provider_id: string;
  /** Of the settings that it was listed with. */
  readonly listing_version: number;
  /** The connection's last complete list, which it is compared with; null when there was none. */
  readonly base: string | null;
  /**
   * `equal`: all that was listed so far is in the base, as it is there, and no permission is written. `copying`: it is
   * not any more, and what was listed until then is being copied from the base. `own`: it has permissions of its own.
   */
  readonly stage: 'equal' | 'copying' | 'own';
  /** How many of its pages are kept. */
  readonly pages: number;
  /** How many of these have been copied from the base. */
  readonly copied_pages: number;
  readonly created_at: number;
}

/** What a page of a generation listed, kept where there is a base to compare it with. A large page is kept in parts. */
export interface GenerationPageRow {
  readonly generation: string;
  /** Counts up from 0 within the generation. */
  readonly position: number;
  /** In which reading of the whole list it was listed: the first, or a further one because the list moved. */
  readonly pass: number;
  readonly forge_ids: Json<readonly string[]>;
  /** A digest of each repository with its path and name: what it may be sorted by, and is not any more once renamed. */
  readonly places: Json<readonly string[]>;
}
