import { z } from 'zod';

/**
 * What GitHub answers, as far as it is used here. Lenient: unknown fields pass, and what GitHub documents as
 * required but leaves out in places (older Enterprise Servers, tokens without a scope) may be missing.
 *
 * @see https://github.com/github/rest-api-description
 */

/** Refuses what a number cannot hold exactly, rather than take one repository for another. */
const id = z.int().transform(String);

const roles = z.object({
  pull: z.boolean().optional(),
  triage: z.boolean().optional(),
  push: z.boolean().optional(),
  maintain: z.boolean().optional(),
  admin: z.boolean().optional(),
});

const account = z.object({
  id,
  login: z.string().min(1),
  type: z.string().nullish(),
  name: z.string().nullish(),
  avatar_url: z.string().nullish(),
  html_url: z.string().nullish(),
});

export const userWire = account.extend({ email: z.string().nullish() });

export const repositoryWire = z.object({
  id,
  name: z.string().min(1),
  full_name: z.string().min(1),
  owner: z.object({ id, login: z.string().min(1) }),
  description: z.string().nullish(),
  private: z.boolean(),
  visibility: z.string().nullish(),
  html_url: z.string(),
  clone_url: z.string().nullish(),
  ssh_url: z.string().nullish(),
  default_branch: z.string().nullish(),
  archived: z.boolean().nullish(),
  fork: z.boolean().nullish(),
  updated_at: z.string().nullish(),
  pushed_at: z.string().nullish(),
  created_at: z.string().nullish(),
  permissions: roles.nullish(),
  role_name: z.string().nullish(),
});

const membershipWire = z.object({
  organization: account.pick({ id: true, login: true, avatar_url: true }),
});

const collaboratorWire = account.extend({
  permissions: roles.nullish(),
  role_name: z.string().nullish(),
});

/** A page of an installation's listing, which has its list in an object. */
export const installationPage = z.object({
  repositories: z.unknown(),
  total_count: z.int().optional().catch(undefined),
});

/** What tells of an installation where it is installed: any of its repositories. */
export const installationWire = z.object({ repositories: z.array(z.object({ owner: account })) });

export const metaWire = z.object({
  verifiable_password_authentication: z.boolean(),
  installed_version: z.string().nullish(),
});

export const repositoryPage = z.array(repositoryWire);
export const membershipPage = z.array(membershipWire);
export const collaboratorPage = z.array(collaboratorWire);

export type RolesWire = z.infer<typeof roles>;
export type AccountWire = z.infer<typeof account>;
export type UserWire = z.infer<typeof userWire>;
export type RepositoryWire = z.infer<typeof repositoryWire>;
export type OrganizationWire = z.infer<typeof membershipWire>['organization'];
export type InstallationWire = z.infer<typeof installationWire>;
export type CollaboratorWire = z.infer<typeof collaboratorWire>;
