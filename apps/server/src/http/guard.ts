import type { RequestHandler } from 'express';
import { RequestProblem } from './problems.js';

const loopbackNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

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
    const { host = '', origin } = request.headers;
    const own = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : undefined;
    if (own === undefined || !loopbackNames.has(own.hostname) || portOf(own) !== port()) {
      throw new RequestProblem({
        code: 'foreign_host',
        detail: `This server answers to localhost, 127.0.0.1 and [::1] at port ${port()} only, not to the name in the Host header.`,
      });
    }
    if (origin !== undefined && origin.toLowerCase() !== own.origin) {
      throw new RequestProblem({
        code: 'foreign_origin',
        detail: 'This request comes from the page of another site, which may not use this server.',
      });
    }
    const { 'transfer-encoding': chunked, 'content-length': length = '0' } = request.headers;
    if ((chunked !== undefined || length !== '0') && request.is('application/json') === false) {
      throw new RequestProblem({
        code: 'unsupported_media_type',
        detail: 'Send the body as JSON, with "Content-Type: application/json".',
      });
    }
    next();
  };
}

/** Clients leave the port out where it is the scheme's own. */
function portOf({ port }: URL): number {
  return port === '' ? 80 : Number(port);
}
