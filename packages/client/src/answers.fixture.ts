/** Answers as the server gives them. */
export function json(
  body: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Readonly<Record<string, string>> } = {},
): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  });
}

/** RFC 9457, as apps/server/src/http/problems.ts sends it. */
export function problem(
  status: number,
  code: string,
  members: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(JSON.stringify(problemBody(status, code, members)), {
    status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', ...headers },
  });
}

export function problemBody(
  status: number,
  code: string,
  members: Readonly<Record<string, unknown>> = {},
): object {
  return {
    type: `urn:anyforge:problem:${code}`,
    title: code,
    code,
    status,
    detail: `What happened: ${code}.`,
    requestId: '5dd077a0-5041-44de-98ab-709ef1cdd2be',
    ...members,
  };
}

/** What a proxy says that cannot reach the server, as nginx does. */
export function badGateway(): Response {
  return new Response('<html><head><title>502 Bad Gateway</title></head></html>', {
    status: 502,
    statusText: 'Bad Gateway',
    headers: { 'content-type': 'text/html' },
  });
}

/** A body that comes in these pieces; and then breaks, where it is told to. */
export function streamOf(
  pieces: readonly (string | Uint8Array)[],
  { thenBreaks = false }: { readonly thenBreaks?: boolean } = {},
): ReadableStream<Uint8Array> {
  const left = [...pieces];
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: (controller) => {
      const piece = left.shift();
      if (piece !== undefined) {
        controller.enqueue(typeof piece === 'string' ? encoder.encode(piece) : piece);
        return;
      }
      if (thenBreaks) controller.error(new TypeError('terminated'));
      else controller.close();
    },
  });
}

export function stream(
  contentType: string,
  pieces: readonly string[],
  options: { readonly thenBreaks?: boolean } = {},
): Response {
  return new Response(streamOf(pieces, options), { headers: { 'content-type': contentType } });
}

export async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const seen: Item[] = [];
  for await (const item of items) seen.push(item);
  return seen;
}

/** Rejects to what is thrown. */
export async function refusalOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => {
      throw new Error('It was not refused.');
    },
    (error: unknown) => error,
  );
}
