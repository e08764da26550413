import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Description } from './description.js';
import { describedAnswer } from './description.js';
import type { Exchange } from './exchange.js';
import { missingReads } from './reads.js';
import { toJsonSchema } from './schema.js';

/** What a simulator answered. */
export interface ReceivedAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

export interface AnswerVerdict {
  /** Whether the vendor describes such an answer. */
  readonly described: boolean;
  readonly faults: readonly string[];
}

const mostFaults = 8;

/** Holds one answer against the vendor's description and against what the adapter reads. */
export function checkAnswer(
  description: Description,
  exchange: Exchange,
  { status, contentType, text }: ReceivedAnswer,
): AnswerVerdict {
  const { operation, reads, withheld = [] } = exchange;
  const described = describedAnswer(description, operation, status);
  if (status !== exchange.status)
    return {
      described: described.kind !== 'unknown',
      faults: [`answered ${status} instead of ${exchange.status}: ${text.slice(0, 200)}`],
    };
  if (described.kind !== 'body') return { described: described.kind !== 'unknown', faults: [] };
  if (!/\bjson\b/.test(contentType))
    return { described: true, faults: [`is '${contentType}' and not JSON: ${text.slice(0, 200)}`] };
  const body: unknown = JSON.parse(text);
  const { document } = description;
  return {
    described: true,
    faults: [
      ...against(toJsonSchema(description, described.schema), body),
      ...(reads === undefined
        ? []
        : missingReads(reads, body, { document, described: described.schema, withheld }).map(
            (path) => `lacks ${path}, which the adapter reads`,
          )),
      ...(reads?.safeParse(body).error?.issues ?? []).map(
        ({ path, message }) => `cannot be read by the adapter at ${path.join('.')}: ${message}`,
      ),
    ].slice(0, mostFaults),
  };
}

function against(schema: object, body: unknown): readonly string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
  addFormats.default(ajv);
  // OpenAPI's own formats: their range is what JSON numbers and texts have anyway.
  for (const format of ['int32', 'int64', 'float', 'double', 'byte', 'binary', 'password', 'timestamp'])
    ajv.addFormat(format, true);
  const validate = ajv.compile(schema);
  if (validate(body)) return [];
  return (validate.errors ?? [])
    .filter(({ keyword }) => !['anyOf', 'oneOf', 'allOf', 'if'].includes(keyword))
    .map(({ instancePath, keyword, message = '', params }) =>
      keyword === 'unevaluatedProperties' || keyword === 'additionalProperties'
        ? `has ${instancePath}/${String(Object.values(params)[0])}, which the description does not know`
        : `${instancePath || 'the body'} ${message}${keyword === 'enum' ? ` ${JSON.stringify(params)}` : ''}`,
    );
}
