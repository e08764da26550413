import type {
  GitProviderDraft,
  GitProviderDraftValues,
  ListedGitProvider,
  ProviderType,
} from '@anyforge/client';
import type { ConfigValues } from '../../components/schema-form/config-values.js';
import {
  readValue,
  secretPathsOf,
  toConfig,
  withoutSecrets,
} from '../../components/schema-form/config-values.js';
import type { SchemaField } from '../../components/schema-form/schema-fields.js';

/** What an administrator types for a git provider. Empty secrets are unchanged; null removes one. */
export interface EditorValues {
  readonly name: string;
  readonly config: ConfigValues;
  readonly organizations: GitProviderDraft['organizations'];
  readonly patterns: readonly string[];
  readonly syncPolicy: GitProviderDraft['syncPolicy'];
  readonly schedule: GitProviderDraft['schedule'];
}

/** What is as good for a git provider of another type. */
export type CarriedValues = Pick<EditorValues, 'name' | 'patterns' | 'syncPolicy' | 'schedule'>;

export function carriedValues({ name, patterns, syncPolicy, schedule }: EditorValues): CarriedValues {
  return { name, patterns, syncPolicy, schedule };
}

/** A git provider, a draft of one, or either as it was saved. */
export type Settings = Pick<
  GitProviderDraft | ListedGitProvider,
  'name' | 'config' | 'syncPolicy' | 'schedule'
> &
  Partial<Pick<ListedGitProvider, 'organizations' | 'patterns'>>;

/** A new git provider of a type begins at the forge's own address, where it has one. */
export function valuesOfType({ hosting: { cloud } }: Pick<ProviderType, 'hosting'>): EditorValues {
  return {
    name: '',
    config: { baseUrl: cloud?.baseUrl ?? '' },
    organizations: [],
    patterns: [],
    syncPolicy: 'staged',
    schedule: null,
  };
}

/** A git provider or a draft, as it stands on the server: without its secrets. */
export function valuesOf({
  name,
  config,
  organizations,
  patterns,
  syncPolicy,
  schedule,
}: Settings): EditorValues {
  return {
    name,
    config: isConfig(config) ? config : {},
    organizations: organizations ?? [],
    patterns: patterns ?? [],
    syncPolicy,
    schedule,
  };
}

export interface DraftValuesOptions {
  /** Whether what was typed as secrets goes along. */
  readonly secrets: boolean;
}

/** What a draft is sent. Patterns in which nothing is typed yet stay on the page. */
export function toDraftValues(
  fields: readonly SchemaField[],
  { config, patterns, ...values }: EditorValues,
  { secrets }: DraftValuesOptions,
): GitProviderDraftValues {
  return {
    ...values,
    config: toConfig(fields, secrets ? config : withoutSecrets(fields, config)),
    patterns: patterns.filter((pattern) => pattern.trim() !== ''),
  };
}

/** The paths of the secrets that are typed or to be removed. */
export function changedSecrets(fields: readonly SchemaField[], { config }: EditorValues): readonly string[] {
  return secretPathsOf(fields).filter((path) => {
    const value = readValue(config, path);
    return value === null || (typeof value === 'string' && value !== '');
  });
}

/** Whether two say the same. Typed secrets are always something else. */
export function sayTheSame(fields: readonly SchemaField[], left: EditorValues, right: EditorValues): boolean {
  const [first, second] = [left, right].map((values) =>
    canonical(toDraftValues(fields, values, { secrets: true })),
  );
  return first === second;
}

/** Whether people are to sign in through an OAuth application. */
export function hasOAuth(fields: readonly SchemaField[], { config }: EditorValues): boolean {
  return readValue(toConfig(fields, config), 'oauth') !== undefined;
}

/** Everything in a config but the OAuth application: where a forge is, as text to compare. */
export function addressesOf(config: unknown): string {
  if (!isConfig(config)) return '';
  const { oauth: _, ...others } = config;
  return canonical(others);
}

/** JSON in which the order of members does not matter. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    isConfig(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

function isConfig(value: unknown): value is ConfigValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
