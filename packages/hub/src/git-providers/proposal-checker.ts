import type { ProviderPlugin } from '@anyforge/core';
import { checkSchema } from '@anyforge/core';
import type { FieldIssue } from '../errors.js';
import { HubError } from '../errors.js';
import type { ProviderTypes } from '../provider-types.js';
import { fromJson } from '../store/json.js';
import type { GitProviderRow } from '../store/schema.js';
import { bindingChange } from './binding.js';
import type { SplitConfig } from './config-secrets.js';
import { carrySecrets, secretPaths, splitSecrets } from './config-secrets.js';
import type { GitProviderPool } from './git-provider-pool.js';
import { unreachableSecrets } from './json-schema.js';
import { checkName } from './name.js';
import type { OrganizationSettings } from './organization-settings.js';
import { checkOrganizationSettings } from './organization-settings.js';
import type { Schedule } from './schedule.js';
import { scheduleIssues, scheduleOf } from './schedule.js';
import type { CheckedGitProvider, GitProviderChange, NewGitProvider } from './proposal.js';

/**
 * Decides whether settings that somebody has typed may be stored, and asked with. What it lets through never brings a
 * stored secret together with an address or a client that it was not given for.
 */
export class ProposalChecker {
  readonly #types: ProviderTypes;
  readonly #pool: GitProviderPool;

  constructor(types: ProviderTypes, pool: GitProviderPool) {
    this.#types = types;
    this.#pool = pool;
  }

  /**
   * Nothing is asked of the forge.
   *
   * @throws HubError `unknown_provider_type`; `invalid_input` with every field that is wrong; `invalid_plugin` when the
   * schema of the config marks secrets where the hub can't find them. ProviderError `invalid_config`.
   */
  checkNew(input: NewGitProvider): CheckedGitProvider {
    const plugin = this.#types.plugin(input.type);
    checkLengths(input.config);
    const { config } = carrySecrets(plugin.config.jsonSchema, input.config, nothingStored);
    const { name, organizations = [], patterns = [], syncPolicy = 'staged', schedule = null } = input;
    const proposal = { name, config, carried: [], organizations, patterns, syncPolicy, schedule };
    return this.#check(plugin, proposal);
  }

  /**
   * The same for a git provider that stands.
   *
   * @throws HubError like `checkNew`, and `type_fixed`. Among the fields that are wrong are the stored secrets that
   * have to be typed again, because an address or the OAuth client is another one.
   */
  checkChange(stored: GitProviderRow, change: GitProviderChange): CheckedGitProvider {
    if (change.type !== undefined && change.type !== stored.type) {
      throw new HubError(
        'type_fixed',
        `The type of a git provider can't be changed: this one is of type ${JSON.stringify(stored.type)}. Add another git provider instead.`,
      );
    }
    const plugin = this.#types.plugin(stored.type);
    const shown: unknown = fromJson(stored.config);
    const proposed = change.config === undefined ? shown : change.config;
    checkLengths(proposed);
    const { jsonSchema } = plugin.config;
    const secrets = this.#secretsToCarry(stored, jsonSchema, proposed);
    const { config, carried } = carrySecrets(jsonSchema, proposed, { shown, secrets });
    const demanded = demandedAgain(shown, splitSecrets(jsonSchema, config).shown, carried);
    const {
      name = stored.name,
      organizations = fromJson(stored.organizations),
      patterns = fromJson(stored.patterns),
      syncPolicy = stored.sync_policy,
      schedule = scheduleOf(stored),
    } = change;
    const proposal = { name, config, carried, organizations, patterns, syncPolicy, schedule };
    return this.#check(plugin, proposal, demanded);
  }

  #check(
    plugin: ProviderPlugin,
    proposal: Proposal,
    demanded: readonly FieldIssue[] = [],
  ): CheckedGitProvider {
    const { config, syncPolicy, schedule } = proposal;
    const { name, issues } = checkName(proposal.name);
    const { settings, issues: settingsIssues } = checkOrganizationSettings(proposal);
    const checked = checkSchema(plugin.config.schema, config);
    const configIssues = [...(checked.ok ? unusableKeys(config) : checked.issues), ...demanded];
    const all = [...issues, ...configIssues.map(underConfig), ...settingsIssues, ...scheduleIssues(schedule)];
    if (all.length > 0) throw HubError.invalidInput(all);
    checkSecretsAreFound(plugin);
    this.#pool.create(plugin.type, config);
    const { shown, secrets } = splitSecrets(plugin.config.jsonSchema, config);
    const newSecrets = secretPaths(secrets).filter((path) => !proposal.carried.includes(path));
    const parts = { config, shown: shown ?? null, secrets, newSecrets };
    return { type: plugin.type, name, ...parts, ...settings, syncPolicy, schedule };
  }

  /** None is opened when all are given anew: one that can't be opened any more can still be replaced. */
  #secretsToCarry(stored: GitProviderRow, jsonSchema: object, proposed: unknown): unknown {
    const { config } = carrySecrets(jsonSchema, proposed, nothingStored);
    const anew = secretPaths(splitSecrets(jsonSchema, config).secrets);
    return fromJson(stored.secret_paths).every((path) => anew.includes(path))
      ? undefined
      : this.#pool.secrets(stored);
  }
}

interface Proposal extends OrganizationSettings {
  readonly name: string;
  readonly config: unknown;
  /** Which of its secrets are the stored ones. */
  readonly carried: readonly string[];
  readonly syncPolicy: GitProviderRow['sync_policy'];
  readonly schedule: Schedule | null;
}

const nothingStored: SplitConfig = { shown: undefined, secrets: undefined };

/** What may not go along to another address or with another client, unless somebody types it again. */
export function demandedAgain(from: unknown, to: unknown, carried: readonly string[]): readonly FieldIssue[] {
  const change = bindingChange(from, to);
  if (change.address) {
    return carried.map((path) => ({
      path,
      message: 'Type it again: it was given for another address, and is not sent to this one.',
    }));
  }
  if (!change.client) return [];
  return carried
    .filter((path) => path === 'oauth' || path.startsWith('oauth.'))
    .map((path) => ({ path, message: 'Type it again: it was given for another OAuth application.' }));
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

/** A private key fits, and nothing that takes long to look through. */
const longestValue = 10_000;

/** @throws HubError `invalid_input`, before anything is read out of what somebody has typed. */
function checkLengths(config: unknown): void {
  const issues = tooLong(config).map((path) => ({
    path,
    message: `It may have ${String(longestValue)} characters at most.`,
  }));
  if (issues.length > 0) throw HubError.invalidInput(issues.map(underConfig));
}

function tooLong(value: unknown, path = ''): readonly string[] {
  if (typeof value === 'string') return value.length > longestValue ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    tooLong(member, path === '' ? key : `${path}.${key}`),
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

function underConfig({ path, message }: FieldIssue): FieldIssue {
  return { path: path === '' ? 'config' : `config.${path}`, message };
}
