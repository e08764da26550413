import { refusals } from './refusal.js';

type FieldValue = string | number | boolean | Date | null;

interface Field<Item> {
  readonly of: (item: Item) => FieldValue;
  /** Its words from the least to the greatest, where the alphabet does not order them. */
  readonly ranks?: readonly string[];
}

/** The fields that a listing can be filtered and sorted by. */
export type Fields<Item> = Readonly<Record<string, Field<Item>>>;

type Operator = '=' | '!=' | '~' | '!~' | '>' | '>=' | '<' | '<=';

const token = /\s*("(?:[^"\\]|\\.)*"|!=|!~|>=|<=|[=~<>]|[\w.:+-]+)/y;

/**
 * A filter in Bitbucket's query language, as far as it is used for repositories and permissions: comparisons joined by
 * AND and OR, of which AND binds tighter. No parentheses.
 * @throws Refusal for anything else, and for a field that the listing does not have
 * @see https://developer.atlassian.com/cloud/bitbucket/rest/intro/#filtering
 */
export function compileQuery<Item>(text: string, fields: Fields<Item>): (item: Item) => boolean {
  const words = tokenize(text);
  const alternatives: ((item: Item) => boolean)[][] = [[]];
  for (let index = 0; index < words.length; index += 4) {
    const [name = '', operator = '', literal, joint] = words.slice(index, index + 4);
    if (literal === undefined) throw refusals.invalidQuery(`Invalid query: ${text}`);
    alternatives.at(-1)?.push(comparison(fieldOf(fields, name), operator, readLiteral(literal)));
    if (joint === undefined) break;
    if (/^or$/i.test(joint)) alternatives.push([]);
    else if (!/^and$/i.test(joint)) throw refusals.invalidQuery(`Invalid query: ${text}`);
  }
  if (words.length % 4 !== 3) throw refusals.invalidQuery(`Invalid query: ${text}`);
  return (item) => alternatives.some((conditions) => conditions.every((condition) => condition(item)));
}

/** Sorts as `sort=name` or `sort=-name` says; equal ones keep their order. */
export function sortBy<Item>(items: readonly Item[], sort: string, fields: Fields<Item>): readonly Item[] {
  const sign = sort.startsWith('-') ? -1 : 1;
  const field = fieldOf(fields, sort.replace(/^[-+]/, ''));
  return items
    .map((item) => ({ item, value: ranked(field, field.of(item)) }))
    .sort((left, right) => sign * compare(left.value, right.value))
    .map(({ item }) => item);
}

function ranked<Item>({ ranks }: Field<Item>, value: FieldValue): FieldValue {
  return ranks === undefined ? value : ranks.indexOf(String(value));
}

function fieldOf<Item>(fields: Fields<Item>, name: string): Field<Item> {
  const field = fields[name];
  if (field === undefined) throw refusals.invalidQuery(`Invalid field name: ${name}`);
  return field;
}

function tokenize(text: string): string[] {
  const words: string[] = [];
  const end = text.trimEnd().length;
  token.lastIndex = 0;
  while (token.lastIndex < end) {
    const at = token.lastIndex;
    const word = token.exec(text)?.[1];
    if (word === undefined) throw refusals.invalidQuery(`Invalid query at ${at}: ${text}`);
    words.push(word);
  }
  return words;
}

function readLiteral(text: string): FieldValue {
  if (text.startsWith('"')) return text.slice(1, -1).replace(/\\(.)/g, '$1');
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  const time = Date.parse(text);
  return Number.isNaN(time) ? text : new Date(time);
}

function comparison<Item>(
  field: Field<Item>,
  operator: string,
  literal: FieldValue,
): (item: Item) => boolean {
  const holds = operations[operatorOf(operator)];
  const right = ranked(field, literal);
  return (item) => holds(ranked(field, field.of(item)), right);
}

function operatorOf(text: string): Operator {
  for (const operator of operators) if (operator === text) return operator;
  throw refusals.invalidQuery(`Invalid operator: ${text}`);
}

const operators: readonly Operator[] = ['=', '!=', '~', '!~', '>', '>=', '<', '<='];
const operations: Readonly<Record<Operator, (left: FieldValue, right: FieldValue) => boolean>> = {
  '=': (left, right) => compare(left, right) === 0,
  '!=': (left, right) => compare(left, right) !== 0,
  '~': (left, right) => contains(left, right),
  '!~': (left, right) => !contains(left, right),
  '>': (left, right) => compare(left, right) > 0,
  '>=': (left, right) => compare(left, right) >= 0,
  '<': (left, right) => compare(left, right) < 0,
  '<=': (left, right) => compare(left, right) <= 0,
};

function contains(left: FieldValue, right: FieldValue): boolean {
  return String(left ?? '')
    .toLowerCase()
    .includes(String(right ?? '').toLowerCase());
}

function compare(left: FieldValue, right: FieldValue): number {
  const [one, other] = [comparable(left), comparable(right)];
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function comparable(value: FieldValue): string | number {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'boolean') return Number(value);
  return value ?? '';
}
