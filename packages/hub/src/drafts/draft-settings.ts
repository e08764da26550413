import type { ProviderPlugin } from '@anyforge/core';
import { checkSchema } from '@anyforge/core';
import type { FieldIssue } from '../errors.js';
import { isObject } from '../git-providers/json-schema.js';
import { checkName } from '../git-providers/name.js';
import type { DraftContent } from './draft-content.js';
import { completeConfig } from './draft-content.js';

/** What the values of a draft come to. */
export interface DraftSettings {
  /** What is missing or wrong, apart from the OAuth application. */
  readonly issues: readonly FieldIssue[];
  /** The same of the OAuth application. */
  readonly oauthIssues: readonly FieldIssue[];
  /** What is not needed before it is saved. */
  readonly laterIssues: readonly FieldIssue[];
  /** Which secrets are set: `oauth.clientSecret`. */
  readonly secretsSet: readonly string[];
  /** Which were given for another address or OAuth client: they are not used, and have to be typed again. */
  readonly secretsToRetype: readonly string[];
  /** Whole, and right; without an OAuth application when there are issues with that. Undefined: there are others. */
  readonly config: unknown;
}

/** Reads a draft's values as far as they are right: what is wrong with the OAuth application leaves the rest usable. */
export function settingsOf(plugin: ProviderPlugin, content: DraftContent): DraftSettings {
  const { config: whole, secretsSet, secretsToRetype } = completeConfig(plugin, content);
  const found = [...secretsToRetype.map(retype), ...issuesOf(plugin, whole)];
  const oauthIssues = once(found.filter(isOfOAuth));
  const isOAuthUsable = oauthIssues.length === 0;
  const config = isOAuthUsable ? whole : withoutOAuth(whole);
  const issues = once([
    ...found.filter((issue) => !isOfOAuth(issue)),
    ...(isOAuthUsable ? [] : issuesOf(plugin, config)),
  ]);
  return {
    issues: issues.map(underConfig),
    oauthIssues: oauthIssues.map(underConfig),
    laterIssues: checkName(content.name).issues,
    secretsSet,
    secretsToRetype,
    config: issues.length === 0 ? config : undefined,
  };
}

function issuesOf({ config: { schema } }: ProviderPlugin, config: unknown): readonly FieldIssue[] {
  const checked = checkSchema(schema, config);
  return checked.ok ? [] : checked.issues;
}

function retype(path: string): FieldIssue {
  return {
    path,
    message:
      'This secret was given for another address or OAuth application, and is not sent to the new one. Type it again.',
  };
}

function isOfOAuth({ path }: FieldIssue): boolean {
  return path === 'oauth' || path.startsWith('oauth.');
}

function withoutOAuth(config: unknown): unknown {
  if (!isObject(config)) return config;
  const { oauth: _, ...rest } = config;
  return rest;
}

/** The first issue with each field. */
function once(issues: readonly FieldIssue[]): readonly FieldIssue[] {
  return issues.filter(({ path }, index) => issues.findIndex((other) => other.path === path) === index);
}

function underConfig({ path, message }: FieldIssue): FieldIssue {
  return { path: path === '' ? 'config' : `config.${path}`, message };
}
