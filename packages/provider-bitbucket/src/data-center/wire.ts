import { z } from 'zod';

/**
 * What Bitbucket answers, as far as it is used here. Lenient: unknown fields pass, and what older versions lack may be
 * missing.
 *
 * @see https://developer.atlassian.com/server/bitbucket/rest/
 */

/** Refuses what a number cannot hold exactly, rather than take one repository for another. */
const id = z.int();

const links = z.array(z.object({ href: z.string(), name: z.string().nullish() }));

export const projectWire = z.object({
  id,
  key: z.string().min(1),
  name: z.string().nullish(),
  public: z.boolean().nullish(),
});

export const repositoryWire = z.object({
  id,
  slug: z.string().min(1),
  name: z.string().nullish(),
  description: z.string().nullish(),
  public: z.boolean().nullish(),
  archived: z.boolean().nullish(),
  project: projectWire,
  origin: z.unknown().optional(),
  links: z.object({ clone: links.nullish() }).nullish(),
});

export const userWire = z.object({
  id,
  name: z.string().min(1),
  slug: z.string().nullish(),
  displayName: z.string().nullish(),
  emailAddress: z.string().nullish(),
  type: z.string().nullish(),
});

/** The ids on a page tell whether there is need to read the rest. */
export const idsWire = z.array(z.object({ id }));

export const pageWire = z.object({
  values: z.array(z.unknown()),
  limit: z.int().min(1).nullish(),
  isLastPage: z.boolean(),
  nextPageStart: z.int().min(0).nullish(),
});

export const branchWire = z.object({ displayId: z.string().min(1) });

export const propertiesWire = z.object({ version: z.string().min(1), displayName: z.string() });

export const projectsWire = z.array(projectWire);
export const usersWire = z.array(userWire);

export type ProjectWire = z.infer<typeof projectWire>;
export type RepositoryWire = z.infer<typeof repositoryWire>;
export type UserWire = z.infer<typeof userWire>;
