import createRequests from 'openapi-fetch';
import type { ApiAnswer, Calls, CallsWithHeaders, Method, PathOf, SignalOption } from './operations.js';
import { isJson, parseJson, unexpectedAnswer } from './read-problem.js';
import { reachably } from './transport.js';

interface AnyParameters {
  readonly path?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly header?: Readonly<Record<string, unknown>> | undefined;
}

/** What a call has, whatever its path. */
interface AnyCallOptions extends SignalOption {
  readonly params?: AnyParameters | undefined;
  readonly body?: unknown;
}

/** Sends a request; the answer says yes, and its body is unread. */
export type Send = (method: Method, path: string, options?: AnyCallOptions) => Promise<Response>;

export interface SendParts {
  readonly baseUrl: string;
  readonly token?: string | undefined;
  /** Asked each time for whom it is sent. */
  readonly personId?: (() => string | undefined) | undefined;
  /** Resolves to answers that say yes only. */
  readonly fetch: (request: Request) => Promise<Response>;
}

interface AnyOperation {
  readonly parameters: AnyParameters;
  readonly requestBody: { readonly content: { readonly 'application/json': unknown } };
  readonly responses: { readonly 200: { readonly content: { readonly 'application/json': unknown } } };
}

/** The server refuses what names somebody else than the session, or the token, belongs to. */
const personHeader = 'X-Anyforge-Person';

export function createSend({ baseUrl, token, personId, fetch }: SendParts): Send {
  const requests = createRequests<Record<string, Record<Method, AnyOperation>>>({
    baseUrl,
    fetch,
    pathSerializer: fillIn,
    ...(token === undefined
      ? {}
      : { headers: { authorization: `Bearer ${token}` }, credentials: 'omit' as const }),
  });
  return async (method, path, { params = {}, body, signal } = {}) => {
    const person = personId?.();
    const { response } = await requests.request(method, path, {
      params,
      body,
      signal: signal ?? null,
      ...(person === undefined ? {} : { headers: { [personHeader]: person } }),
      parseAs: 'stream',
    });
    return response;
  };
}

/** An empty part, or one of dots, would make it the address of something else. */
function fillIn(path: string, values: Readonly<Record<string, unknown>>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const value = String(values[name]);
    if (/^\.{0,2}$/.test(value)) throw new TypeError(`"${value}" cannot be the ${name} of anything.`);
    return encodeURIComponent(value);
  });
}

export function createCalls(send: Send): Calls & { readonly withHeaders: CallsWithHeaders } {
  const callWithHeaders =
    <M extends Method>(method: M) =>
    async <Path extends PathOf<M>>(path: Path, options?: AnyCallOptions) => {
      const response = await send(method, path, options);
      const body = await readBody(response, options?.signal);
      // The server answers as it describes itself, and these types are made of that description.
      return { data: body as ApiAnswer<M, Path>, headers: response.headers, status: response.status };
    };
  const call = <M extends Method>(method: M) => {
    const whole = callWithHeaders(method);
    return async <Path extends PathOf<M>>(path: Path, options?: AnyCallOptions) =>
      (await whole(path, options)).data;
  };
  return {
    GET: call('get'),
    POST: call('post'),
    PUT: call('put'),
    PATCH: call('patch'),
    DELETE: call('delete'),
    withHeaders: {
      GET: callWithHeaders('get'),
      POST: callWithHeaders('post'),
      PUT: callWithHeaders('put'),
      PATCH: callWithHeaders('patch'),
      DELETE: callWithHeaders('delete'),
    },
  };
}

/** Undefined where there is none. */
async function readBody(response: Response, signal: AbortSignal | undefined): Promise<unknown> {
  if (response.status === 204) return undefined;
  if (!isJson(response)) throw unexpectedAnswer(response);
  const value = parseJson(await reachably(response.text(), signal));
  if (value === undefined) throw unexpectedAnswer(response);
  return value;
}
