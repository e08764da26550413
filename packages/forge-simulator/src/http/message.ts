import { createHash } from 'node:crypto';

/**
 * Which of a forge's faces was asked. On forges with one origin for both, the path tells; `elsewhere` is outside of the
 * forge's prefixes.
 */
export type Surface = 'api' | 'web' | 'elsewhere';

export interface SimulatedRequest {
  readonly method: string;
  readonly surface: Surface;
  /** The origin that was asked, 'http://127.0.0.1:40123'. */
  readonly origin: string;
  /** The path below the surface's root: '/user/repos' whether the API lives under a prefix or not. */
  readonly path: string;
  readonly url: URL;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: string;
  readonly remoteAddress: string;
}

export interface SimulatedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A response whose body is still, or again, text. */
export interface TextResponse extends Omit<SimulatedResponse, 'body'> {
  readonly body: string;
}

export function toBytes(response: TextResponse): SimulatedResponse {
  return { ...response, body: Buffer.from(response.body) };
}

export function toText(response: SimulatedResponse): TextResponse {
  return { ...response, body: response.body.toString('utf8') };
}

/** A credential as it may be kept in a log: not the secret, but comparable with one. */
export function hashCredential(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
