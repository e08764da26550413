import type { Get, Query } from './api.js';

/** What a scripted GitLab knows: the account's access level on each project, by the project's id. */
export type Levels = Map<number, number>;

export interface ProjectApi {
  readonly get: Get;
  readonly queries: readonly Query[];
}

export interface ProjectApiOptions {
  /** Called before each answer, to change the levels. */
  readonly before?: ((requestNumber: number, query: Query) => void) | undefined;
  /** Totals are told up to here, as GitLab does up to 10,000. */
  readonly greatestTotal?: number | undefined;
  readonly row?: ((id: number) => object) | undefined;
}

/**
 * `GET /projects` with what the listing uses of it. Rows as in GitLab's documentation, without `permissions`, as for
 * access through shares.
 *
 * @see https://docs.gitlab.com/api/projects/#list-all-projects
 */
export function projectApi(levels: Levels, options: ProjectApiOptions = {}): ProjectApi {
  const { before, greatestTotal = 10_000, row = projectRow } = options;
  const queries: Query[] = [];
  const get: Get = async (_, query = {}) => {
    await Promise.resolve();
    queries.push(query);
    before?.(queries.length, query);
    const number = (name: string): number | undefined =>
      query[name] === undefined ? undefined : Number(query[name]);
    const least = number('min_access_level') ?? 5;
    const found = [...levels]
      .filter(([id, level]) => level >= least && id > (number('id_after') ?? 0))
      .map(([id]) => id)
      .filter((id) => id < (number('id_before') ?? Number.POSITIVE_INFINITY))
      .toSorted((one, other) => one - other);
    const perPage = number('per_page') ?? 20;
    const start = ((number('page') ?? 1) - 1) * perPage;
    const hasNext = start + perPage < found.length;
    return {
      data: found.slice(start, start + perPage).map(row),
      headers: {
        'x-next-page': hasNext ? String((number('page') ?? 1) + 1) : '',
        ...(found.length <= greatestTotal && { 'x-total': String(found.length) }),
      },
    };
  };
  return { get, queries };
}

export function projectRow(id: number): object {
  const path = `acme/project-${id}`;
  return {
    id,
    name: `Project ${id}`,
    path: `project-${id}`,
    path_with_namespace: path,
    web_url: `https://gitlab.example/${path}`,
    visibility: 'private',
    default_branch: 'main',
    archived: false,
    permissions: { project_access: null, group_access: null },
  };
}
