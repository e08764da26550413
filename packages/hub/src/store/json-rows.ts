import type { AliasableExpression, RawBuilder } from 'kysely';
import { sql } from 'kysely';

type JsonScalar = string | number | null;

/**
 * Many rows as one parameter, to select from: one statement per batch, whatever its size.
 *
 * @param columns Which properties of a row become columns.
 */
export type JsonRows = <Row extends { readonly [Column in keyof Row]: JsonScalar }>(
  rows: readonly Row[],
  columns: readonly (keyof Row & string)[],
) => AliasableExpression<Row>;

/** {@link JsonRows} through SQLite's `json_each`. */
export const sqliteJsonRows: JsonRows = <Row>(
  rows: readonly Row[],
  columns: readonly (keyof Row & string)[],
): RawBuilder<Row> => {
  const selected = columns.map((column) => sql`value ->> ${sql.lit(`$.${column}`)} as ${sql.ref(column)}`);
  return sql<Row>`(select ${sql.join(selected)} from json_each(${JSON.stringify(rows)}))`;
};
