import { createPathFilter, ProviderError } from '@anyforge/core';
import type { FieldIssue } from '../errors.js';
import { withoutSlashes } from '../slashes.js';
import { keyOf, storableText } from '../store/text.js';

/** An organization that repositories are locked to: its stable id, and the path that it had when it was chosen. */
export interface LockedOrganization {
  readonly id: string;
  readonly path: string;
}

/** Which of the repositories that people's accounts see are listed. */
export interface OrganizationSettings {
  /** The lock: only repositories of these organizations and all that is under them. Empty: no lock. */
  readonly organizations: readonly LockedOrganization[];
  /** Globs on the repository's path in order; `!` excludes; the last match decides. Empty: everything. */
  readonly patterns: readonly string[];
}

const organizationsAtMost = 100;
const patternsAtMost = 100;
const longestId = 200;
const longestPath = 1000;

export interface CheckedOrganizationSettings {
  readonly settings: OrganizationSettings;
  readonly issues: readonly FieldIssue[];
}

/** Tidies organization settings up and says what is wrong with them. */
export function checkOrganizationSettings(input: OrganizationSettings): CheckedOrganizationSettings {
  const organizations = input.organizations.map(({ id, path }) => ({
    id: storableText(id).trim(),
    path: withoutSlashes(storableText(path).trim()),
  }));
  const patterns = input.patterns.map(storableText);
  return {
    settings: { organizations, patterns },
    issues: [...checkOrganizations(organizations), ...checkPatterns(patterns)],
  };
}

function checkOrganizations(organizations: readonly LockedOrganization[]): readonly FieldIssue[] {
  const many = tooMany('organizations', organizations.length, organizationsAtMost);
  if (many !== undefined) return [many];
  return organizations.flatMap(({ id, path }, index): FieldIssue[] => {
    const issues: FieldIssue[] = [];
    if (id === '' || id.length > longestId) {
      issues.push({ path: `organizations.${String(index)}.id`, message: "Give the organization's id." });
    } else if (organizations.findIndex((other) => other.id === id) !== index) {
      issues.push({
        path: `organizations.${String(index)}.id`,
        message: 'This organization is named twice.',
      });
    }
    if (path === '' || path.length > longestPath) {
      issues.push({ path: `organizations.${String(index)}.path`, message: "Give the organization's path." });
    }
    return issues;
  });
}

function checkPatterns(patterns: readonly string[]): readonly FieldIssue[] {
  const many = tooMany('patterns', patterns.length, patternsAtMost);
  if (many !== undefined) return [many];
  return patterns.flatMap((pattern, index): FieldIssue[] => {
    const message = whatIsWrong(pattern);
    return message === undefined ? [] : [{ path: `patterns.${String(index)}`, message }];
  });
}

function whatIsWrong(pattern: string): string | undefined {
  try {
    createPathFilter([pattern]);
    return undefined;
  } catch (error) {
    if (!ProviderError.is(error)) throw error;
    return [error.message, error.details.repair?.text].filter((text) => text !== undefined).join(' ');
  }
}

function tooMany(path: string, count: number, atMost: number): FieldIssue | undefined {
  return count > atMost ? { path, message: `Give ${String(atMost)} at most.` } : undefined;
}

/** Whether two locks let the same repositories through. */
export function sameLock(left: readonly LockedOrganization[], right: readonly LockedOrganization[]): boolean {
  return left.length === right.length && left.every(({ id }) => right.some((other) => other.id === id));
}

/** Whether a repository lies in an organization, or in one that is under it. */
export function liesUnder(repositoryPathKey: string, organizationPath: string): boolean {
  return repositoryPathKey.startsWith(`${keyOf(organizationPath)}/`);
}
