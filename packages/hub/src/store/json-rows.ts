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
  const selected = [...text, ...integer].map(
    (column) => sql`value ->> ${sql.lit(`$.${column}`)} as ${sql.ref(column)}`,
  );
  return sql`(select ${sql.join(selected)} from json_each(${JSON.stringify(rows)}))`;
};

/** {@link JsonRows} through PostgreSQL's `jsonb_to_recordset`. */
export const postgresJsonRows: JsonRows = <
  Row,
  Text extends keyof Row & string,
  Integer extends keyof Row & string,
>(
  rows: readonly Row[],
  { text, integer }: JsonColumns<Text, Integer>,
): RawBuilder<Pick<Row, Text | Integer>> => {
  const defined = [
    ...text.map((column) => sql`${sql.ref(column)} text collate "C"`),
    ...integer.map((column) => sql`${sql.ref(column)} bigint`),
  ];
  return sql`(select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as listed(${sql.join(defined)}))`;
};

/** `Store.jsonTexts` in SQLite. */
export function sqliteJsonTexts(column: Expression<string>): RawBuilder<{ readonly value: string }> {
  return sql`json_each(${column})`;
}

/** `Store.jsonTexts` in PostgreSQL. */
export function postgresJsonTexts(column: Expression<string>): RawBuilder<{ readonly value: string }> {
  return sql`jsonb_array_elements_text(${column}::jsonb)`;
}
