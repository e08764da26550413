import { z } from 'zod';

/**
 * What GitLab answers, as far as it is used here. Lenient: unknown fields pass, and what older versions or other
 * tiers leave out may be missing.
 *
 * @see https://docs.gitlab.com/api/rest/
 */

/** Refuses what a number cannot hold exactly, rather than take one project for another. */
const idNumber = z.int().positive();
const id = idNumber.transform(String);

const user = z.object({
  id,
  username: z.string().min(1),
  name: z.string().nullish(),
  state: z.string().nullish(),
  avatar_url: z.string().nullish(),
  web_url: z.string().nullish(),
  bot: z.boolean().nullish(),
});

export const userWire = user.extend({ email: z.string().nullish() });

const access = z.object({ access_level: z.int() }).nullish();

export const projectWire = z.object({
  id: idNumber,
  path: z.string().min(1),
  path_with_namespace: z.string().min(1),
  description: z.string().nullish(),
  web_url: z.string().min(1),
  http_url_to_repo: z.string().nullish(),
  ssh_url_to_repo: z.string().nullish(),
  /** Absent to whoever may not read the code. */
  default_branch: z.string().nullish(),
  empty_repo: z.boolean().nullish(),
  visibility: z.string().nullish(),
  archived: z.boolean().nullish(),
  forked_from_project: z.object({}).nullish(),
  last_activity_at: z.string().nullish(),
  updated_at: z.string().nullish(),
  permissions: z.object({ project_access: access, group_access: access }).nullish(),
});

export const projectDetailWire = projectWire.extend({
  namespace: z.object({ id, kind: z.string() }).nullish(),
  /** 'disabled', 'private' for members alone, or 'enabled'. */
  repository_access_level: z.string().nullish(),
});

export const groupWire = z.object({
  id,
  name: z.string(),
  full_path: z.string().min(1),
  avatar_url: z.string().nullish(),
  web_url: z.string().nullish(),
});

export const memberWire = user.extend({
  access_level: z.int(),
  membership_state: z.string().nullish(),
  member_role: z.object({ name: z.string().nullish(), base_access_level: z.int().nullish() }).nullish(),
});

export const tokenWire = z.object({
  scopes: z.array(z.string()).nullish(),
  expires_at: z.string().nullish(),
});

export const tokenInfoWire = z.object({
  scope: z.union([z.array(z.string()), z.string().transform((scope) => scope.split(' '))]).nullish(),
  expires_in: z.number().nullish(),
});

export const versionWire = z.object({ version: z.string().min(1) });

export const projectPage = z.array(projectWire);
export const projectIdPage = z.array(z.object({ id: idNumber }));
export const groupPage = z.array(groupWire);
export const memberPage = z.array(memberWire);

export type UserWire = z.infer<typeof userWire>;
export type ProjectWire = z.infer<typeof projectWire>;
export type ProjectDetailWire = z.infer<typeof projectDetailWire>;
export type GroupWire = z.infer<typeof groupWire>;
export type MemberWire = z.infer<typeof memberWire>;
