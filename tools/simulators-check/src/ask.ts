import type { Exchange } from './exchange.js';

/** What a simulator answered. */
export interface ReceivedAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** How long a simulator may take for an answer. */
const longestWaitMs = 10_000;

/** Makes an exchange's request. Redirects are answers, too. */
export async function ask({ operation, url, headers = {}, body }: Exchange): Promise<ReceivedAnswer> {
  const [method = 'GET'] = operation.split(' ');
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers,
    signal: AbortSignal.timeout(longestWaitMs),
    ...(body === undefined ? {} : { body }),
  });
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    text: await response.text(),
  };
}
