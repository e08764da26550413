import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import { describeApi } from '../http/openapi/describe-api.js';
import { methodsAt } from '../http/route-paths.js';
import type { Route } from '../http/route.js';
import { eventStreamType, lineType } from '../http/route.js';
import { rootRoutes, routes } from '../http/routes/index.js';
import { readEvents } from './event-stream.js';

/** One answer, as it arrived. */
export interface SeenAnswer {
  readonly method: string;
  /** From the server's root: `/api/v1/syncs?limit=1`. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
}

const apiPath = '/api/v1';
const problemType = 'application/problem+json';

const contents = z.record(z.string(), z.object({ schema: z.unknown().optional() }));
const response = z.object({ content: contents.optional(), $ref: z.string().optional() });
const components = z.object({ responses: z.record(z.string(), response) });
const operations = z.record(
  z.string(),
  z.record(
    z.string(),
    z.union([
      z.object({ responses: z.record(z.string(), response) }),
      z.unknown().transform(() => undefined),
    ]),
  ),
);

/** Holds answers against the description that the server gives of itself. */
export class AnswerCheck {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #description = describeApi({ routes, rootRoutes, prefix: '' });
  readonly #operations = operations.parse(this.#description['paths']);
  readonly #shared = components.parse(this.#description['components']).responses;
  readonly #validators = new Map<string, ValidateFunction>();

  constructor() {
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(this.#description, 'api', undefined, false);
  }

  /** @throws Error that says in which way an answer is not as described. */
  check(answer: SeenAnswer): void {
    const mistake = this.#mistakeOf(answer);
    if (mistake === undefined) return;
    const { method, path, status, text } = answer;
    throw new Error(`${method} ${path} answered ${status}, ${mistake}\n${text.slice(0, 2_000)}`);
  }

  #mistakeOf(answer: SeenAnswer): string | undefined {
    const { method, path, status, text } = answer;
    const type = answer.contentType?.split(';')[0]?.trim();
    const route = routeOf(method, path);
    if (route === undefined) return this.#mistakeWithoutRoute(answer, type);
    const operation = this.#operations[route.path]?.[route.method];
    const own = operation?.responses[String(status)];
    if (own === undefined) return `which ${route.operation} does not tell.`;
    if (method === 'HEAD') return undefined;
    const name = own.$ref?.split('/').at(-1);
    const { content } = (name === undefined ? own : this.#shared[name]) ?? {};
    if (content === undefined) return text === '' ? undefined : 'which should have no body.';
    const [[wanted, { schema }] = ['', { schema: undefined }]] = Object.entries(content);
    if (type !== wanted) return `as ${type ?? 'nothing'}, where the description says ${wanted}.`;
    if (schema === undefined) return undefined;
    const place =
      name === undefined
        ? ['paths', route.path, route.method, 'responses', status]
        : ['components', 'responses', name];
    const pointer = [...place, 'content', wanted, 'schema'];
    const mistakes = valuesIn(text, wanted).map((value) => this.#violation(toReference(pointer), value));
    return mistakes.find((mistake) => mistake !== undefined);
  }

  /** What no route answers is a problem all the same. */
  #mistakeWithoutRoute({ method, status, text }: SeenAnswer, type: string | undefined): string | undefined {
    if (method === 'OPTIONS' && status === 204) return undefined;
    if (status < 400 || type !== problemType) return 'where there is no route.';
    return method === 'HEAD' ? undefined : this.#violation('api#/components/schemas/Problem', text);
  }

  #violation(reference: string, text: string): string | undefined {
    const validate = this.#validators.get(reference) ?? this.#ajv.compile({ $ref: reference });
    this.#validators.set(reference, validate);
    if (validate(JSON.parse(text))) return undefined;
    return `which is not as described: ${this.#ajv.errorsText(validate.errors, { dataVar: 'answer' })}.`;
  }
}

/** As the description has it: its path with braces. */
function routeOf(
  method: string,
  path: string,
): { readonly path: string; readonly method: string; readonly operation: string } | undefined {
  const [address = ''] = path.split('?');
  const inApi = address.startsWith(`${apiPath}/`);
  const all = inApi ? routes : rootRoutes;
  const place = inApi ? address.slice(apiPath.length) : address;
  const fits = (route: Route): boolean => method !== 'OPTIONS' && methodsAt([route], place).includes(method);
  // A text in a path goes before a parameter there.
  const [route] = all.filter(fits).toSorted((one, other) => parametersIn(one) - parametersIn(other));
  if (route === undefined) return undefined;
  return { ...route, path: route.path.replaceAll(/:(\w+)/g, '{$1}') };
}

/** The JSON values of an answer. */
function valuesIn(text: string, contentType: string): readonly string[] {
  if (contentType === lineType) return text.split('\n').filter((line) => line !== '');
  return contentType === eventStreamType ? readEvents(text).map(({ data }) => data) : [text];
}

function parametersIn({ path }: Route): number {
  return path.split(':').length;
}

function toReference(pointer: readonly (string | number)[]): string {
  const escaped = pointer.map((part) =>
    encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1')),
  );
  return `api#/${escaped.join('/')}`;
}
