import { z } from 'zod';

/**
 * What Bitbucket Cloud answers, as far as it is used here. Lenient: unknown fields pass, and next to nothing is
 * documented as required.
 *
 * @see https://developer.atlassian.com/cloud/bitbucket/rest/
 */

const uuid = z.string().min(1);

const link = z.object({ href: z.string().nullish() }).nullish();

export const accountWire = z.object({
  uuid,
  username: z.string().nullish(),
  nickname: z.string().nullish(),
  display_name: z.string().nullish(),
  type: z.string().nullish(),
  links: z.object({ avatar: link, html: link }).nullish(),
});

const emailWire = z.object({ email: z.string(), is_primary: z.boolean().nullish() });

const workspaceAccessWire = z.object({
  workspace: z.object({
    uuid,
    slug: z.string().min(1),
    name: z.string().nullish(),
    links: z.object({ avatar: link }).nullish(),
  }),
});

export const repositoryWire = z.object({
  uuid,
  full_name: z.string().regex(/^[^/]+\/[^/]+$/),
  name: z.string().nullish(),
  description: z.string().nullish(),
  is_private: z.boolean(),
  mainbranch: z.object({ name: z.string().nullish() }).nullish(),
  parent: z.object({}).nullish(),
  updated_on: z.string().nullish(),
  links: z
    .object({
      html: link,
      clone: z.array(z.object({ name: z.string().nullish(), href: z.string().nullish() })).nullish(),
    })
    .nullish(),
});

const ownPermissionWire = z.object({ permission: z.string(), repository: z.object({ uuid }) });

const othersPermissionWire = z.object({ permission: z.string(), user: accountWire });

const position = {
  next: z.string().nullish(),
  page: z.int().positive().nullish(),
  pagelen: z.int().positive().nullish(),
  size: z.int().nonnegative().nullish(),
};

export const emailPage = z.object({ values: z.array(emailWire), ...position });
export const workspacePage = z.object({ values: z.array(workspaceAccessWire), ...position });
export const repositoryPage = z.object({ values: z.array(repositoryWire), ...position });
export const ownPermissionPage = z.object({ values: z.array(ownPermissionWire), ...position });
export const othersPermissionPage = z.object({ values: z.array(othersPermissionWire), ...position });

/** The fields above, for a listing that leaves out the rest of what is ten times as much. */
export const repositoryFields = [
  'uuid',
  'full_name',
  'name',
  'description',
  'is_private',
  'mainbranch.name',
  'parent.uuid',
  'updated_on',
  'links.html',
  'links.clone',
] as const;

/** Likewise. */
export const ownPermissionFields = ['permission', 'repository.uuid'] as const;

export interface PageWire<Item> {
  readonly values: readonly Item[];
  readonly next?: string | null | undefined;
  readonly page?: number | null | undefined;
  readonly pagelen?: number | null | undefined;
  readonly size?: number | null | undefined;
}

export type AccountWire = z.infer<typeof accountWire>;
export type RepositoryWire = z.infer<typeof repositoryWire>;
export type WorkspaceWire = z.infer<typeof workspaceAccessWire>['workspace'];
export type OthersPermissionWire = z.infer<typeof othersPermissionWire>;
