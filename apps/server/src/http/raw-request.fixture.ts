import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request } from 'node:http';

export interface RawAnswer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface RawRequest {
  /** As it is: nothing is cleaned up on the way. */
  readonly path: string;
  readonly method?: string;
  /** Also those that `fetch` keeps to itself, such as `host`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Asks a port of this machine. */
export async function askPort(
  port: number,
  { path, method = 'GET', headers = {}, body = '' }: RawRequest,
): Promise<RawAnswer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers }, resolve).on('error', reject).end(body);
  });
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode, headers: response.headers, text };
}
