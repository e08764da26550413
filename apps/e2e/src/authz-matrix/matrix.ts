import type { Reply } from '@anyforge/server/testing';
import { z } from 'zod';
import type { Column } from './callers.js';
import { columns, personOf } from './callers.js';
import { expected as expectedTable, plainRefusals } from './expected.js';
import type { RequestRow } from './requests.js';
import type { Stage } from './stage.js';

/** `200`, `403 not_allowed` */
type Outcome = string;

export interface Cell {
  readonly route: string;
  readonly column: Column;
  readonly expected: Outcome;
  readonly actual: Outcome;
  /** Which words of the owner's own things the answer shows. */
  readonly shown: readonly string[];
  /** Whether it is the owner's own. */
  readonly own: boolean;
}

export type ExpectedRow = Readonly<Record<Column, Outcome>>;

/**
 * Reads the table of what is expected.
 *
 * @throws Error for a row with too few or too many cells, or one that is there twice.
 */
export function readExpected(table: string = expectedTable): ReadonlyMap<string, ExpectedRow> {
  const [headings = [], ...rows] = table
    .trim()
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const wanted = ['route', ...columns];
  if (headings.join() !== wanted.join()) throw new Error(`The columns are to be ${wanted.join(', ')}.`);
  const read = new Map<string, ExpectedRow>();
  for (const [route = '', ...cells] of rows) {
    if (cells.length !== columns.length || read.has(route))
      throw new Error(`The row of ${route} is not one.`);
    const outcomes = columns.map((column, index) => [column, inFull(cells[index] ?? '')] as const);
    read.set(route, rowSchema.parse(Object.fromEntries(outcomes)));
  }
  return read;
}

const rowSchema = z.record(z.enum(columns), z.string());

function inFull(cell: string): Outcome {
  const refusal = plainRefusals[Number(cell)];
  return refusal === undefined ? cell : `${cell} ${refusal}`;
}

/** What is wrong with the lists: a route without a row or a request, and a row or a request without a route. */
export function compareLists(
  routes: readonly string[],
  rows: readonly string[],
  asked: readonly string[],
): readonly string[] {
  const without = (some: readonly string[], others: readonly string[], words: string) =>
    some.filter((name) => !others.includes(name)).map((name) => `${name} ${words}`);
  return [
    ...without(routes, rows, 'is a route without a row of what is expected.'),
    ...without(routes, asked, 'is a route that nobody asks.'),
    ...without(rows, routes, 'is a row without a route.'),
    ...without(asked, routes, 'is asked, and is no route.'),
  ];
}

/** Asks one route as every caller, one after another. */
export async function askAll(
  stage: Stage,
  route: string,
  row: RequestRow,
  expected: ExpectedRow,
): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  const [method = ''] = route.split(' ');
  for (const column of columns) {
    const { path, body, headers } = await row.ask(stage, column);
    const reply = await stage.callers[column].send(method, path, { body, headers });
    if (row.endsSession === true) await stage.renewSession(column);
    if (row.changesConnections === true) stage.forgetConnections();
    const sent = `${path} ${JSON.stringify(body)}`;
    const own = personOf[column] === 'owner';
    const shown = stage.marks.filter((mark) => !sent.includes(mark) && reply.text.includes(mark));
    cells.push({ route, column, expected: expected[column], actual: outcomeOf(reply), shown, own });
  }
  return cells;
}

const problem = z.object({ code: z.string() });

/** The status, and the code of the problem where it tells of one: in a body, a page, or the address of a page. */
function outcomeOf({ status, body, text, headers }: Reply): Outcome {
  const location = headers.get('location') ?? '';
  const code =
    (status >= 400 ? problem.safeParse(body).data?.code : undefined) ??
    /data-problem="(\w+)"/.exec(text)?.[1] ??
    (status === 303 ? new URL(location, 'http://localhost').searchParams.get('problem') : undefined);
  return code === undefined || code === null ? String(status) : `${String(status)} ${code}`;
}

/** What of the owner's own things somebody else is shown. */
export function leaksOf({ shown, own }: Cell): readonly string[] {
  return own ? [] : shown;
}

export function isWrong(cell: Cell): boolean {
  return cell.expected !== cell.actual || leaksOf(cell).length > 0;
}
