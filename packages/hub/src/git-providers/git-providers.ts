import type { ProviderPlugin, TokenHelp } from '@anyforge/core';
import { checkSchema } from '@anyforge/core';
import type { ConnectionView } from '../connections/connection-view.js';
import { toConnectionView } from '../connections/connection-view.js';
import type { FieldIssue } from '../errors.js';
import { HubError } from '../errors.js';
import type { ProviderTypes } from '../provider-types.js';
import type { Resources } from '../resources.js';
import { isUniqueViolation } from '../store/database-error.js';
import { fromJson, toJson } from '../store/json.js';
import type { GitProviderRow } from '../store/schema.js';
import { keyOf } from '../store/text.js';
import { secretPaths, splitSecrets } from './config-secrets.js';
import { unreachableSecrets } from './json-schema.js';
import { checkName } from './name.js';
import type { GitProviderPool } from './git-provider-pool.js';
import { findGitProvider, secretsRecord } from './git-provider-pool.js';

/** One configured instance of a forge. */
export interface GitProviderView {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  /** Without its secrets. */
  readonly config: unknown;
  /** Which secrets are set: `oauth.clientSecret`. */
  readonly secretsSet: readonly string[];
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A git provider as one person sees it. */
export interface GitProviderForPerson extends GitProviderView {
  /** Null: not signed in. */
  readonly connection: ConnectionView | null;
}

export interface NewGitProvider {
  /** 1 to 100 characters; unique, whatever its case. */
  readonly name: string;
  readonly type: string;
  readonly config: unknown;
}

/** The configured instances of forges, which all people share. */
export interface GitProviderService {
  /**
   * Adds a git provider. Nothing is asked of the forge. The config's secrets are sealed, and never come back out.
   *
   * @throws HubError `unknown_provider_type` · `invalid_input` · `duplicate_name`; `invalid_plugin` when the schema of
   * the config marks secrets where the hub can't find them.
   */
  create(input: NewGitProvider): Promise<GitProviderView>;
  /** All of them by name, each with this person's own connection. */
  list(personId: string): Promise<readonly GitProviderForPerson[]>;
  /** @throws HubError `not_found`. */
  get(personId: string, id: string): Promise<GitProviderForPerson>;
  /**
   * How a person makes a token on that very host.
   *
   * @throws HubError `not_found` · `unknown_provider_type`.
   */
  tokenHelp(id: string): Promise<TokenHelp>;
}

export class GitProviders implements GitProviderService {
  readonly #resources: Resources;
  readonly #types: ProviderTypes;
  readonly #pool: GitProviderPool;

  constructor(resources: Resources, types: ProviderTypes, pool: GitProviderPool) {
    this.#resources = resources;
    this.#types = types;
    this.#pool = pool;
  }

  async create(input: NewGitProvider): Promise<GitProviderView> {
    const { store, vault, clock, newId } = this.#resources;
    const plugin = this.#types.plugin(input.type);
    const { name, issues } = checkName(input.name);
    const checked = checkSchema(plugin.config.schema, input.config);
    const configIssues = (checked.ok ? unusableKeys(input.config) : checked.issues).map(underConfig);
    if (issues.length + configIssues.length > 0) throw HubError.invalidInput([...issues, ...configIssues]);
    checkSecretsAreFound(plugin);
    this.#pool.create(input.type, input.config);

    const { shown, secrets } = splitSecrets(plugin.config.jsonSchema, input.config);
    const id = newId();
    const now = clock.now().getTime();
    const row: GitProviderRow = {
      id,
      type: input.type,
      name,
      name_key: keyOf(name),
      config: toJson(shown ?? null),
      secrets: secrets === undefined ? null : vault.seal(JSON.stringify(secrets), secretsRecord(id)),
      secret_paths: toJson(secretPaths(secrets)),
      organizations: toJson([]),
      patterns: toJson([]),
      sync_policy: 'staged',
      version: 1,
      created_at: now,
      updated_at: now,
    };
    try {
      await store.database.insertInto('git_providers').values(row).execute();
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new HubError(
        'duplicate_name',
        `There is a git provider named ${JSON.stringify(name)} already. Choose another name.`,
      );
    }
    return present(row);
  }

  async list(personId: string): Promise<readonly GitProviderForPerson[]> {
    const { database } = this.#resources.store;
    const providers = await database.selectFrom('git_providers').selectAll().orderBy('name_key').execute();
    const connections = await database
      .selectFrom('connections')
      .selectAll()
      .where('person_id', '=', personId)
      .execute();
    const byProvider = new Map(connections.map((row) => [row.git_provider_id, row]));
    return providers.map((row) => {
      const connection = byProvider.get(row.id);
      return {
        ...present(row),
        connection: connection === undefined ? null : toConnectionView(connection, row),
      };
    });
  }

  async get(personId: string, id: string): Promise<GitProviderForPerson> {
    const { database } = this.#resources.store;
    const provider = await findGitProvider(database, id);
    const connection = await database
      .selectFrom('connections')
      .selectAll()
      .where('person_id', '=', personId)
      .where('git_provider_id', '=', id)
      .executeTakeFirst();
    return {
      ...present(provider),
      connection: connection === undefined ? null : toConnectionView(connection, provider),
    };
  }

  async tokenHelp(id: string): Promise<TokenHelp> {
    const row = await findGitProvider(this.#resources.store.database, id);
    const plugin = this.#types.plugin(row.type);
    const checked = checkSchema(plugin.config.schema, this.#pool.config(row));
    if (!checked.ok) throw HubError.invalidInput(checked.issues.map(underConfig));
    return plugin.tokenHelp(checked.value);
  }
}

/** @throws HubError `invalid_plugin`, before a secret that nobody would recognize as one is stored and shown. */
function checkSecretsAreFound({ type, config }: ProviderPlugin): void {
  const lost = unreachableSecrets(config.jsonSchema);
  if (lost.length === 0) return;
  throw new HubError(
    'invalid_plugin',
    `The provider plugin ${JSON.stringify(type)} can't be used: anyforge can't tell which values of its configuration are secret. For its author: config.jsonSchema has, at ${lost.join(', ')}, a "writeOnly" that "properties", "items" and their like do not lead to, or a reference to something outside the schema.`,
  );
}

/** An object takes this key for its prototype: what it holds would get lost on the way. */
function unusableKeys(value: unknown, path = ''): readonly FieldIssue[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const at = path === '' ? key : `${path}.${key}`;
    return key === '__proto__'
      ? [{ path: at, message: 'This name is not allowed here.' }]
      : unusableKeys(member, at);
  });
}

function present(row: GitProviderRow): GitProviderView {
  return {
    id: row.id,
    type: row.type,
    name: row.name,
    config: fromJson(row.config),
    secretsSet: fromJson(row.secret_paths),
    version: row.version,
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
  };
}

function underConfig({ path, message }: FieldIssue): FieldIssue {
  return { path: path === '' ? 'config' : `config.${path}`, message };
}
