import { ApiClient, inspectApplication, listRoutes } from '@anyforge/server/testing';
import type { Cell } from './matrix.js';
import { askAll, compareLists, readExpected } from './matrix.js';
import { requests } from './requests.js';
import { Stage } from './stage.js';

export interface MatrixResult {
  readonly cells: readonly Cell[];
  /** Sentences: of the lists of routes, and of what is served without being in them. */
  readonly mistakes: readonly string[];
}

/** @param told hears of each row as soon as it is there */
export async function runMatrix(
  told: (cells: readonly Cell[]) => void = () => undefined,
): Promise<MatrixResult> {
  const routes = listRoutes();
  const rows = readExpected();
  const mistakes = [...compareLists(routes, [...rows.keys()], Object.keys(requests)), ...unlisted(routes)];
  const cells: Cell[] = [];
  const stage = await Stage.open();
  try {
    for (const route of routes) {
      const [row, request] = [rows.get(route), requests[route]];
      if (row === undefined || request === undefined) continue;
      const asked = await askAll(stage, route, request, row);
      told(asked);
      cells.push(...asked);
    }
    mistakes.push(...(await answeredOutside(stage.server.url)), ...unseen(stage.marks, cells));
  } finally {
    await stage.close();
  }
  return { cells, mistakes };
}

/** A word that not even the owner is shown would prove nothing by not being shown to others. */
function unseen(marks: readonly string[], cells: readonly Cell[]): readonly string[] {
  const seen = new Set(cells.filter(({ own }) => own).flatMap(({ shown }) => shown));
  return marks
    .filter((mark) => !seen.has(mark))
    .map((mark) => `"${mark}" is shown to nobody, its owner included.`);
}

/** Express knows routes without the path that they are mounted at. */
function unlisted(routes: readonly string[]): readonly string[] {
  const served = new Set(inspectApplication());
  const listed = new Set(routes.map((name) => name.replace(' /api/v1/', ' /')));
  return [
    ...[...served].filter((name) => !listed.has(name)).map((name) => `${name} is served and in no list.`),
    ...[...listed]
      .filter((name) => !served.has(name))
      .map((name) => `${name} is in the list and not served.`),
  ];
}

const elsewhere = [
  '/',
  '/api',
  '/api/v1',
  '/api/v1/',
  '/api/v2/syncs',
  '/health',
  '/metrics',
  '/.env',
  '/syncs',
];

/** Where nothing is to be found. */
async function answeredOutside(url: string): Promise<readonly string[]> {
  const anybody = new ApiClient(url);
  const replies = await Promise.all(elsewhere.map(async (path) => ({ path, ...(await anybody.get(path)) })));
  return replies
    .filter(({ status }) => status !== 404)
    .map(({ path, status }) => `${path} answers ${String(status)}.`);
}
