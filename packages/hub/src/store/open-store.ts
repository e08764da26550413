import { resolve } from 'node:path';
import { prepareDataFolder } from './data-folder.js';
import { openPostgresStore } from './postgres/open-postgres-store.js';
import { openSqliteStore } from './sqlite/open-sqlite-store.js';
import type { Store } from './store.js';

export interface StoreOptions {
  /** Holds the embedded database, and the encryption key where none is given. */
  readonly dataDirectory: string;
  /** A PostgreSQL; absent: the embedded database. */
  readonly database?: { readonly url: string } | undefined;
  readonly encryptionKey?: string | undefined;
}

/** @throws HubError `store_locked` · `store_unusable` · `store_too_new`. */
export async function openStore(options: StoreOptions, now: () => Date): Promise<Store> {
  const { dataDirectory, database, encryptionKey } = options;
  if (database === undefined) return openSqliteStore(dataDirectory, now);
  // Whoever gives the key by setting needs no folder, and may have none that can be written.
  if (encryptionKey === undefined) await prepareDataFolder(resolve(dataDirectory));
  return openPostgresStore(database.url, now);
}
