import type { GitProvider, ProviderContext } from '@anyforge/core';
import { HubError } from '../errors.js';
import type { ProviderTypes } from '../provider-types.js';
import type { Resources } from '../resources.js';
import { fromJson } from '../store/json.js';
import type { GitProviderRow } from '../store/schema.js';
import type { Queries } from '../store/store.js';
import type { VaultRecord } from '../vault/sealed-columns.js';
import { mergeSecrets } from './config-secrets.js';
import { measured } from './measured-provider.js';

/** Where a git provider's secrets are sealed. */
export function secretsRecord(id: string): VaultRecord {
  return { table: 'git_providers', id, column: 'secrets' };
}

/** @throws HubError `not_found`. */
export async function findGitProvider(database: Queries, id: string): Promise<GitProviderRow> {
  const row = await database.selectFrom('git_providers').selectAll().where('id', '=', id).executeTakeFirst();
  return present(row);
}

/**
 * The same for a transaction that stores what is only right with these settings: they can't change before it ends.
 * Locked before anything else of the git provider.
 *
 * @throws HubError `not_found`.
 */
export async function holdGitProvider(transaction: Queries, id: string): Promise<GitProviderRow> {
  const row = await transaction
    .selectFrom('git_providers')
    .selectAll()
    .where('id', '=', id)
    .forShare()
    .executeTakeFirst();
  return present(row);
}

function present(row: GitProviderRow | undefined): GitProviderRow {
  if (row === undefined) throw new HubError('not_found', 'There is no such git provider.');
  return row;
}

/** The adapters of the configured git providers, each made once per version of its settings. */
export class GitProviderPool {
  readonly #resources: Resources;
  readonly #types: ProviderTypes;
  readonly #context: ProviderContext;
  readonly #providers = new Map<string, { readonly version: number; readonly provider: GitProvider }>();

  constructor(resources: Resources, types: ProviderTypes, context: ProviderContext) {
    this.#resources = resources;
    this.#types = types;
    this.#context = context;
  }

  /** @throws HubError `unknown_provider_type` when its plugin is not installed any more. */
  get(row: GitProviderRow): GitProvider {
    const known = this.#providers.get(row.id);
    if (known?.version === row.version) return known.provider;
    const provider = this.create(row.type, this.config(row));
    this.#providers.set(row.id, { version: row.version, provider });
    return provider;
  }

  /** An adapter that no pool keeps. @throws ProviderError `invalid_config`. */
  create(type: string, config: unknown): GitProvider {
    return measured(this.#types.plugin(type).create(config, this.#context), this.#resources);
  }

  /** The whole config, secrets included. */
  config(row: GitProviderRow): unknown {
    return mergeSecrets(fromJson(row.config), this.secrets(row));
  }

  /** The config's secrets alone; undefined when it has none. */
  secrets(row: GitProviderRow): unknown {
    if (row.secrets === null) return undefined;
    const secrets: unknown = JSON.parse(this.#resources.vault.open(row.secrets, secretsRecord(row.id)));
    return secrets;
  }

  /** For a git provider that is no more. */
  forget(id: string): void {
    this.#providers.delete(id);
  }
}
