import { z } from 'zod';

/**
 * What Gitea and Forgejo answer, as far as it is used here. Lenient: unknown fields pass, and what other versions leave
 * out may be missing.
 *
 * @see https://docs.gitea.com/api/
 */

/** Refuses what a number cannot hold exactly, rather than take one repository for another. */
const idNumber = z.int();
const id = idNumber.positive().transform(String);

/** Gitea has an empty text where there is nothing. */
const text = z
  .string()
  .nullish()
  .transform((value) => (value === '' || value === null ? undefined : value));

export const userWire = z.object({
  /** Not positive for accounts that are gone. */
  id: idNumber,
  login: z.string().min(1),
  full_name: text,
  email: text,
  avatar_url: text,
  html_url: text,
});

const ownerWire = userWire.extend({
  id,
  /** 'public', 'limited' to whoever is signed in, or 'private' to its members. */
  visibility: text,
});

export const repositoryWire = z.object({
  id: idNumber.positive(),
  owner: ownerWire,
  name: z.string().min(1),
  full_name: z.string().min(1),
  description: text,
  html_url: z.string().min(1),
  clone_url: text,
  ssh_url: text,
  default_branch: text,
  empty: z.boolean().nullish(),
  private: z.boolean().nullish(),
  internal: z.boolean().nullish(),
  archived: z.boolean().nullish(),
  fork: z.boolean().nullish(),
  updated_at: text,
  /** The account's own, of the code. */
  permissions: z.object({ admin: z.boolean(), push: z.boolean(), pull: z.boolean() }).nullish(),
});

export const organizationWire = z.object({
  id,
  name: z.string().min(1),
  full_name: text,
  avatar_url: text,
});

export const teamWire = z.object({
  id: idNumber.positive(),
  name: z.string(),
  /** 'none', 'read', 'write', 'admin' or, of the organization's owners, 'owner'. */
  permission: z.string(),
  /** The permission of each unit, of which the code is 'repo.code'. What is not there is not permitted. */
  units_map: z.record(z.string(), z.string()).nullish(),
});

export const tokenWire = z.object({
  id: idNumber,
  /** The end of it: the rest is known to whoever was given it. */
  token_last_eight: z.string(),
  scopes: z.array(z.string()).nullish(),
});

export const levelWire = z.object({ permission: z.string() });
export const settingsWire = z.object({ max_response_items: z.int().positive() });
export const versionWire = z.object({ version: z.string().min(1) });

export const searchPage = z.object({ data: z.array(repositoryWire) }).transform(({ data }) => data);
export const organizationPage = z.array(organizationWire);
export const userPage = z.array(userWire);
export const tokenPage = z.array(tokenWire);
export const teamList = z.array(teamWire);

export type UserWire = z.infer<typeof userWire>;
export type RepositoryWire = z.infer<typeof repositoryWire>;
export type OrganizationWire = z.infer<typeof organizationWire>;
export type TokenWire = z.infer<typeof tokenWire>;
export type TeamWire = z.infer<typeof teamWire>;
