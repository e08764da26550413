import type { RequestHandler } from 'express';
import { RequestProblem } from './problems.js';

/**
 * Lets through only what this machine's own programs and this server's own pages ask.
 *
 * A page of a foreign site can make a browser ask a loopback address. It gives itself away by its `Host` when it
 * came by DNS rebinding, by its `Origin` when it posts across sites, and it cannot send JSON without asking first.
 *
 * @param port the port that the server listens on, once it listens
 */
export function guardLoopback(port: () => number): RequestHandler {
  return (request, _response, next) => {
    const hosts = ['localhost', '127.0.0.1', '[::1]'].map((name) => `${name}:${port()}`);
    const { host, origin } = request.headers;
    if (!hosts.includes(host ?? '')) {
      throw new RequestProblem({
        code: 'foreign_host',
        status: 421,
        detail: `This server answers to http://${hosts[0] ?? ''} only, not to the name in the Host header.`,
      });
    }
    if (origin !== undefined && origin !== `http://${host ?? ''}`) {
      throw new RequestProblem({
        code: 'foreign_origin',
        status: 403,
        detail: 'This request comes from the page of another site, which may not use this server.',
      });
    }
    if (hasBody(request.headers) && !request.is('application/json')) {
      throw new RequestProblem({
        code: 'unsupported_media_type',
        status: 415,
        detail: 'Send the body as JSON, with "Content-Type: application/json".',
      });
    }
    next();
  };
}

function hasBody(headers: Readonly<Record<string, unknown>>): boolean {
  return (
    headers['transfer-encoding'] !== undefined ||
    ![undefined, '0'].includes(asText(headers['content-length']))
  );
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
