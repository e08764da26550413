import pg from 'pg';

const oids = { boolean: 16, bigint: 20, numeric: 1700 };

/** @throws RangeError for a number that JavaScript would round. */
function toNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && !Number.isSafeInteger(number)) {
    throw new RangeError('The database holds a number that is too large to be read exactly.');
  }
  return number;
}

const parsers = new Map<number, (text: string) => unknown>([
  [oids.boolean, (text) => Number(text === 't')],
  [oids.bigint, toNumber],
  [oids.numeric, toNumber],
]);

/** Values arrive as SQLite gives them: every number as a number, and what is true or false as 1 or 0. */
export const parseAsSqlite: pg.CustomTypesConfig = {
  getTypeParser: (oid: Parameters<typeof pg.types.getTypeParser>[0], format?: 'text' | 'binary'): unknown =>
    parsers.get(oid) ?? pg.types.getTypeParser(oid, format),
};
