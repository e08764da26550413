import type { ProviderPlugin } from '@anyforge/core';
import type { SplitConfig } from '../git-providers/config-secrets.js';
import { carrySecrets, secretPaths, splitSecrets } from '../git-providers/config-secrets.js';
import { demandedAgain } from '../git-providers/proposal-checker.js';
import type { LockedOrganization } from '../git-providers/organization-settings.js';
import type { Schedule } from '../git-providers/schedule.js';
import type { GitProviderRow } from '../store/schema.js';
import type { VaultRecord } from '../vault/sealed-columns.js';
import type { Vault } from '../vault/vault.js';

/** What somebody has typed so far. Nothing of it need be complete, or right. */
export interface DraftValues {
  readonly name?: string | undefined;
  /** A secret that is empty or absent stays as it is, null removes it. */
  readonly config?: unknown;
  readonly organizations?: readonly LockedOrganization[] | undefined;
  readonly patterns?: readonly string[] | undefined;
  readonly syncPolicy?: GitProviderRow['sync_policy'] | undefined;
  readonly schedule?: Schedule | null | undefined;
}

/** The values of a draft as they are kept, sealed as a whole. */
export interface DraftContent {
  readonly name: string;
  /** Without its secrets. */
  readonly config: unknown;
  /** The secrets, with the config that they were given for: for another address or OAuth client they are not used. */
  readonly given: SplitConfig;
  /** Secrets that were given for another address or client and are gone: they have to be typed again. */
  readonly lost: readonly string[];
  readonly organizations: readonly LockedOrganization[];
  readonly patterns: readonly string[];
  readonly syncPolicy: GitProviderRow['sync_policy'];
  readonly schedule: Schedule | null;
}

export const emptyContent: DraftContent = {
  name: '',
  config: {},
  given: { shown: {}, secrets: undefined },
  lost: [],
  organizations: [],
  patterns: [],
  syncPolicy: 'staged',
  schedule: null,
};

/**
 * The content that new values make of a former one. What is absent is empty from then on; secrets stay, but are not
 * used where they were not given for.
 */
export function withValues(
  { config: { jsonSchema } }: ProviderPlugin,
  former: DraftContent,
  values: DraftValues,
): DraftContent {
  const proposed = values.config ?? {};
  const { shown = {}, secrets } = splitSecrets(jsonSchema, proposed);
  const { config, demanded } = carryWhatMay(jsonSchema, proposed, former.given);
  // Kept until something is typed in its place: whoever types the former address again needs to type no more.
  const isKept = demanded.length > 0 && !saysAnything(secrets);
  const given = isKept ? former.given : splitSecrets(jsonSchema, config);
  const lost = isKept ? former.lost : [...former.lost, ...demanded];
  const settled = new Set([...secretPaths(given.secrets), ...removedPaths(secrets)]);
  return {
    name: values.name ?? '',
    config: shown,
    given,
    lost: lost.filter((path, index) => !settled.has(path) && lost.indexOf(path) === index),
    organizations: values.organizations ?? [],
    patterns: values.patterns ?? [],
    syncPolicy: values.syncPolicy ?? 'staged',
    schedule: values.schedule ?? null,
  };
}

/** A config with those of its secrets that may be used with it. */
export interface CompleteConfig {
  readonly config: unknown;
  readonly secretsSet: readonly string[];
  readonly secretsToRetype: readonly string[];
}

export function completeConfig(
  { config: { jsonSchema } }: ProviderPlugin,
  { config: shown, given, lost }: DraftContent,
): CompleteConfig {
  const { config, carried, demanded } = carryWhatMay(jsonSchema, shown, given);
  const toRetype = [...lost, ...demanded].filter((path) => hasPlaceFor(shown, path));
  return { config, secretsSet: carried, secretsToRetype: [...new Set(toRetype)] };
}

/** Completes a config with the secrets that were given for it, and names those that were given for another one. */
function carryWhatMay(jsonSchema: object, config: unknown, given: SplitConfig) {
  const { shown } = splitSecrets(jsonSchema, config);
  const { carried } = carrySecrets(jsonSchema, config, given);
  const demanded = demandedAgain(given.shown, shown, carried).map(({ path }) => path);
  const usable = { shown: given.shown, secrets: without(given.secrets, demanded) };
  return { ...carrySecrets(jsonSchema, config, usable), demanded };
}

function contentRecord(draftId: string): VaultRecord {
  return { table: 'git_provider_drafts', id: draftId, column: 'content' };
}

export function sealContent(vault: Vault, draftId: string, content: DraftContent): string {
  return vault.seal(JSON.stringify(content), contentRecord(draftId));
}

export function openContent(
  vault: Vault,
  row: { readonly id: string; readonly content: string },
): DraftContent {
  // What `sealContent` wrote.
  return JSON.parse(vault.open(row.content, contentRecord(row.id))) as DraftContent;
}

/** Whether any secret is typed or removed: empty ones say nothing. */
function saysAnything(secrets: unknown): boolean {
  if (typeof secrets !== 'object' || secrets === null) return secrets !== undefined && secrets !== '';
  return Object.values(secrets).some(saysAnything);
}

function removedPaths(secrets: unknown, prefix = ''): readonly string[] {
  if (secrets === null) return [prefix];
  if (typeof secrets !== 'object') return [];
  return Object.entries(secrets).flatMap(([key, value]) =>
    removedPaths(value, prefix === '' ? key : `${prefix}.${key}`),
  );
}

function without(secrets: unknown, paths: readonly string[], prefix = ''): unknown {
  if (paths.length === 0) return secrets;
  if (typeof secrets !== 'object' || secrets === null) return paths.includes(prefix) ? undefined : secrets;
  const under = (key: string): string => (prefix === '' ? key : `${prefix}.${key}`);
  if (Array.isArray(secrets)) {
    return secrets.map((element: unknown, index) => without(element, paths, under(String(index))) ?? null);
  }
  return Object.fromEntries(
    Object.entries(secrets)
      .map(([key, member]) => [key, without(member, paths, under(key))] as const)
      .filter(([, member]) => member !== undefined),
  );
}

/** Whether the object that a secret would stand in is there. */
function hasPlaceFor(config: unknown, path: string): boolean {
  const place = path
    .split('.')
    .slice(0, -1)
    .reduce<unknown>(
      (value, step) =>
        typeof value === 'object' && value !== null
          ? Object.getOwnPropertyDescriptor(value, step)?.value
          : undefined,
      config,
    );
  return typeof place === 'object' && place !== null;
}
