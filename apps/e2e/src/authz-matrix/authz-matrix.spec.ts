import { describe, expect, it } from '@jest/globals';
import { columns } from './callers.js';
import { compareLists, isWrong, readExpected } from './matrix.js';
import { runMatrix } from './run-matrix.js';

const headings = `| route | ${columns.join(' | ')} |`;
const rowOf = (route: string, cells: readonly string[]): string => `| ${[route, ...cells].join(' | ')} |`;

describe('who may take which route', () => {
  it('is as it was written down, for every route and every caller', async () => {
    const { cells, mistakes } = await runMatrix();
    expect(mistakes).toEqual([]);
    expect(cells.length).toBeGreaterThan(800);
    expect(cells.filter(isWrong)).toEqual([]);
  }, 300_000);
});

describe('the matrix', () => {
  const cell = {
    route: 'GET /x',
    column: 'member',
    expected: '200',
    actual: '200',
    shown: [],
    own: false,
  } as const;

  it('fails a cell that came out otherwise, and one that shows what is not its own', () => {
    expect(isWrong(cell)).toBe(false);
    expect(isWrong({ ...cell, actual: '404 not_found' })).toBe(true);
    expect(isWrong({ ...cell, shown: ['owned-repository'] })).toBe(true);
    expect(isWrong({ ...cell, shown: ['owned-repository'], own: true })).toBe(false);
  });

  it('fails a route without a row or a request, and a row or a request without a route', () => {
    expect(compareLists(['GET /a', 'GET /b'], ['GET /b', 'GET /c'], ['GET /b', 'GET /d'])).toEqual([
      'GET /a is a route without a row of what is expected.',
      'GET /a is a route that nobody asks.',
      'GET /c is a row without a route.',
      'GET /d is asked, and is no route.',
    ]);
  });

  it('reads a number as the refusal that goes with it', () => {
    const cells = ['401', '403', '404', '409 not_connected', ...columns.slice(4).map(() => '200')];
    const row = readExpected(`${headings}\n${rowOf('GET /a', cells)}`).get('GET /a');
    expect(Object.values(row ?? {}).slice(0, 5)).toEqual([
      '401 not_signed_in',
      '403 not_allowed',
      '404 not_found',
      '409 not_connected',
      '200',
    ]);
  });

  it.each([
    ['another column', '| route | nobody |'],
    ['a row that is too short', `${headings}\n${rowOf('GET /a', ['200'])}`],
    [
      'a row twice',
      [
        headings,
        ...[1, 2].map(() =>
          rowOf(
            'GET /a',
            columns.map(() => '200'),
          ),
        ),
      ].join('\n'),
    ],
  ])('does not take a table with %s', (_, table) => {
    expect(() => readExpected(table)).toThrow();
  });
});
