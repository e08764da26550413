/** One request that a scripted `fetch` was given. */
export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** What a scripted `fetch` does with a request. */
export type ScriptedAnswer =
  | {
      /** 200 by default. */
      readonly status?: number | undefined;
      readonly headers?: Readonly<Record<string, string>> | undefined;
      /** Text as it is, anything else as JSON. */
      readonly body?: unknown;
    }
  /** No answer until the request is aborted. */
  | 'hang'
  /** Rejects. */
  | Error
  /** Resolves, for answers that a description cannot express. */
  | Response;

/** Answers in order, or a function that answers every request. */
export type Script =
  | readonly ScriptedAnswer[]
  | ((request: RecordedRequest, index: number) => ScriptedAnswer | Promise<ScriptedAnswer>);

export interface ScriptedFetch {
  readonly fetch: typeof globalThis.fetch;
  /** In the order in which they came. */
  readonly requests: readonly RecordedRequest[];
}

/** A `fetch` without a network. It heeds the signal; a request after the end of a list of answers rejects. */
export function createScriptedFetch(script: Script): ScriptedFetch {
  const requests: RecordedRequest[] = [];
  return {
    requests,
    fetch: async (input, init) => {
      const request = await record(input, init);
      const index = requests.push(request) - 1;
      const answer =
        typeof script === 'function'
          ? await script(request, index)
          : (script[index] ?? new Error(`unexpected request ${index + 1}: ${request.method} ${request.url}`));
      request.signal.throwIfAborted();
      return perform(answer, request.signal);
    },
  };
}

async function record(input: string | URL | Request, init?: RequestInit): Promise<RecordedRequest> {
  const request = new Request(input, init);
  const { method, url, headers } = request;
  return { method, url, headers, body: await request.text(), signal: init?.signal ?? request.signal };
}

function perform(answer: ScriptedAnswer, signal: AbortSignal): Response | Promise<Response> {
  if (answer === 'hang') {
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason);
      });
    });
  }
  if (answer instanceof Error) return Promise.reject(answer);
  if (answer instanceof Response) return answer;
  const { status = 200, headers, body } = answer;
  if (body === undefined || typeof body === 'string')
    return new Response(body ?? null, { status, headers: { ...headers } });
  return Response.json(body, { status, headers: { ...headers } });
}
