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
  permissions: roles.nullish(),
  role_name: z.string().nullish(),
});

const membershipWire = z.object({
  organization: z.object({
    id,
    login: z.string().min(1),
    avatar_url: z.string().nullish(),
  }),
});

const collaboratorWire = account.extend({
  permissions: roles.nullish(),
  role_name: z.string().nullish(),
});

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
export type MembershipWire = z.infer<typeof membershipWire>;
export type CollaboratorWire = z.infer<typeof collaboratorWire>;
