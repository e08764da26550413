import type { AliasableExpression, Expression, RawBuilder } from 'kysely';
import { sql } from 'kysely';

type JsonScalar = string | number | null;

/** The properties of a row that are of a type or null. */
type ColumnsOf<Row, Type> = {
  [Column in keyof Row & string]: Exclude<Row[Column], null> extends Type ? Column : never;
}[keyof Row & string];

/** Which properties of a row become columns, by what they are: a column may hold nothing but nulls. */
export interface JsonColumns<Text extends string, Integer extends string> {
  readonly text: readonly Text[];
  /** As large as JavaScript holds them exactly. */
  readonly integer: readonly Integer[];
}

/**
 * Many rows as one parameter, to select from: one statement per batch, whatever its size. Text must be storable (see
 * `storableText`).
 */
export type JsonRows = <
  Row extends { readonly [Column in keyof Row]: JsonScalar },
  Text extends ColumnsOf<Row, string>,
  Integer extends ColumnsOf<Row, number>,
>(
  rows: readonly Row[],
  columns: JsonColumns<Text, Integer>,
) => AliasableExpression<Pick<Row, Text | Integer>>;

/** {@link JsonRows} through SQLite's `json_each`. */
export const sqliteJsonRows: JsonRows = <
  Row,
  Text extends keyof Row & string,
  Integer extends keyof Row & string,
>(
  rows: readonly Row[],
  { text, integer }: JsonColumns<Text, Integer>,
): RawBuilder<Pick<Row, Text | Integer>> => {
  const columns = [...text, ...integer];
  const selected = columns.map((column, index) => sql`value ->> ${sql.lit(index)} as ${sql.ref(column)}`);
  return sql`(select ${sql.join(selected)} from json_each(${valuesOf(rows, columns)}))`;
};

/** {@link JsonRows} through PostgreSQL's `jsonb_array_elements`. */
export const postgresJsonRows: JsonRows = <
  Row,
  Text extends keyof Row & string,
  Integer extends keyof Row & string,
>(
  rows: readonly Row[],
  { text, integer }: JsonColumns<Text, Integer>,
): RawBuilder<Pick<Row, Text | Integer>> => {
  const selected = [
    ...text.map((column, index) => sql`(value ->> ${sql.lit(index)}) collate "C" as ${sql.ref(column)}`),
    ...integer.map(
      (column, index) => sql`(value ->> ${sql.lit(text.length + index)})::bigint as ${sql.ref(column)}`,
    ),
  ];
  const values = valuesOf(rows, [...text, ...integer]);
  return sql`(select ${sql.join(selected)} from jsonb_array_elements(${values}::jsonb) as listed(value))`;
};

/** Without the names of the columns, which would be as long as what is in them. */
function valuesOf<Row>(rows: readonly Row[], columns: readonly (keyof Row)[]): string {
  return JSON.stringify(rows.map((row) => columns.map((column) => row[column])));
}

/** `Store.jsonTexts` in SQLite. */
export function sqliteJsonTexts(column: Expression<string>): RawBuilder<{ readonly value: string }> {
  return sql`json_each(${column})`;
}

/** `Store.jsonTexts` in PostgreSQL. */
export function postgresJsonTexts(column: Expression<string>): RawBuilder<{ readonly value: string }> {
  return sql`jsonb_array_elements_text(${column}::jsonb)`;
}
