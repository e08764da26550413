import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from './json.js';
import { isObject, objectAt } from './json.js';

/** A vendor's OpenAPI description. */
export interface Description {
  readonly document: JsonObject;
  /** Names some of the fields only: others are no mistake. */
  readonly partial: boolean;
}

/** What a description says of one status of one operation. */
export type DescribedAnswer =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'without-body' }
  | { readonly kind: 'body'; readonly schema: unknown };

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'];

/** @throws Error that names the file, when it is not there or is not a description */
export async function readDescription(folder: string, file: string): Promise<Description> {
  const path = join(folder, file);
  let document: unknown;
  try {
    document = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  return toDescription(document, path);
}

/** @throws Error for what is not an OpenAPI description */
export function toDescription(document: unknown, name: string): Description {
  if (!isObject(document) || !isObject(document['paths']))
    throw new Error(`${name} is not an OpenAPI description`);
  const partial = document['x-partial'] === true || objectAt(document, 'info')['x-partial'] === true;
  return { document, partial };
}

/** 'GET /user/repos', as the description writes its paths. */
export function operationsOf({ document }: Description): readonly string[] {
  return Object.entries(objectAt(document, 'paths')).flatMap(([path, operations]) =>
    methods
      .filter((method) => isObject(operations) && method in operations)
      .map((method) => `${method.toUpperCase()} ${path}`),
  );
}

/** A status goes before its class ('4XX'), and that before `default`, which stands for errors. */
export function describedAnswer(
  { document }: Description,
  operation: string,
  status: number,
): DescribedAnswer {
  const responses = responsesOf(document, operation);
  const found =
    responses[String(status)] ??
    responses[`${String(status).charAt(0)}XX`] ??
    (status < 400 ? undefined : responses['default']);
  if (found === undefined) return { kind: 'unknown' };
  const content = objectAt(resolve(document, found), 'content');
  const json = Object.entries(content).find(([type]) => /\bjson\b/.test(type));
  if (json === undefined || !isObject(json[1]) || json[1]['schema'] === undefined)
    return { kind: 'without-body' };
  return { kind: 'body', schema: json[1]['schema'] };
}

/** Whether the description has a good answer to an operation. */
export function describesSuccess({ document }: Description, operation: string): boolean {
  return Object.keys(responsesOf(document, operation)).some((status) => status.startsWith('2'));
}

function responsesOf(document: JsonObject, operation: string): JsonObject {
  const [method = '', path = ''] = operation.split(' ');
  return objectAt(objectAt(objectAt(objectAt(document, 'paths'), path), method.toLowerCase()), 'responses');
}

/** What a `$ref` leads to; anything else is itself. @throws Error for one that leads nowhere */
export function resolve(document: JsonObject, value: unknown): unknown {
  if (!isObject(value) || typeof value['$ref'] !== 'string') return value;
  const reference = value['$ref'];
  const target = find(document, reference.replace(/^#/, ''));
  if (target === undefined) throw new Error(`${reference} leads nowhere`);
  return resolve(document, target);
}

/** What is at a JSON pointer, if anything is. */
export function find(document: JsonObject, pointer: string): unknown {
  let target: unknown = document;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(target)) target = target[Number(name)];
    else target = isObject(target) ? target[name] : undefined;
  }
  return target;
}
