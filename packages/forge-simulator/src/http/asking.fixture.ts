export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; the test says what it expects of it. */
  readonly body: unknown;
}

/** Asks an address with a bearer token, if there is one, and follows no redirect. */
export async function ask(url: string, token?: string, headers: Record<string, string> = {}): Promise<Reply> {
  const response = await fetch(url, {
    redirect: 'manual',
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  const body: unknown = isJson && text !== '' ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, text, body };
}

/** One field of every item of a list. */
export function pluck(list: unknown, field: string): unknown[] {
  if (!Array.isArray(list)) throw new Error('not a list');
  return list.map((item: unknown) => fieldOf(item, field));
}

/** A value within a JSON object. */
export function fieldOf(object: unknown, field: string): unknown {
  const fields: [string, unknown][] = Object.entries(object ?? {});
  return fields.find(([name]) => name === field)?.[1];
}

/** The addresses of an answer's `Link` header by relation. */
export function relations({ headers }: Pick<Reply, 'headers'>): Record<string, string> {
  return Object.fromEntries(
    [...(headers.get('link') ?? '').matchAll(/<([^>]+)>; rel="(\w+)"/g)].map(
      ([, url = '', relation = '']) => [relation, url],
    ),
  );
}
