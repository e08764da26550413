import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { ReceivedAnswer } from './ask.js';
import type { Description } from './description.js';
import { describedAnswer } from './description.js';
import type { Exchange } from './exchange.js';
import { readFaults } from './reads.js';
import { toJsonSchema } from './schema.js';

export interface AnswerVerdict {
  /** Whether the vendor describes such an answer. */
  readonly described: boolean;
  readonly faults: readonly string[];
}

const mostFaults = 8;

/**
 * Holds one answer against the vendor's description and against what the adapter reads. What is not described is read
 * all the same.
 */
export function checkAnswer(
  description: Description,
  exchange: Exchange,
  answer: ReceivedAnswer,
): AnswerVerdict {
  const described = describedAnswer(description, exchange.operation, answer.status);
  const schema = described.kind === 'body' ? described.schema : undefined;
  return {
    described: described.kind !== 'unknown',
    faults: faultsOf(description, schema, exchange, answer).slice(0, mostFaults),
  };
}

/**
 * @param schema the vendor's, where the vendor describes a body
 * @throws Error for a body that is not JSON, whatever its type says
 */
function faultsOf(
  description: Description,
  schema: unknown,
  exchange: Exchange,
  answer: ReceivedAnswer,
): readonly string[] {
  const { status } = exchange;
  const reads = [exchange.reads ?? []].flat();
  const start = answer.text.slice(0, 200);
  if (answer.status !== status) return [`answered ${answer.status} instead of ${status}: ${start}`];
  if (schema === undefined && reads.length === 0) return [];
  if (!/\bjson\b/.test(answer.contentType)) return [`is '${answer.contentType}' and not JSON: ${start}`];
  const body: unknown = JSON.parse(answer.text);
  return [
    ...(schema === undefined ? [] : against(toJsonSchema(description, schema), body)),
    ...readFaults(reads, body, exchange),
  ];
}

function against(schema: object, body: unknown): readonly string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
  addFormats.default(ajv);
  // OpenAPI's own formats: their range is what JSON numbers and texts have anyway.
  for (const format of ['int32', 'int64', 'float', 'double', 'byte', 'binary', 'password', 'timestamp'])
    ajv.addFormat(format, true);
  const validate = ajv.compile(schema);
  if (validate(body)) return [];
  const errors = validate.errors ?? [];
  // They only sum up what is wrong below them, unless nothing is: two branches may hold where one has to.
  const telling = errors.filter(({ keyword }) => !['anyOf', 'oneOf', 'allOf', 'if'].includes(keyword));
  return (telling.length > 0 ? telling : errors).map(({ instancePath, keyword, message = '', params }) =>
    keyword === 'unevaluatedProperties' || keyword === 'additionalProperties'
      ? `has ${instancePath}/${String(Object.values(params)[0])}, which the description does not know`
      : `${instancePath || 'the body'} ${message}${keyword === 'enum' ? ` ${JSON.stringify(params)}` : ''}`,
  );
}
