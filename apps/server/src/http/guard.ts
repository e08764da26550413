import type { Request, RequestHandler } from 'express';
import { isLoopbackHost } from '../settings/forms.js';
import { RequestProblem } from './problems.js';
import type { Route } from './route.js';
import { fits } from './route-paths.js';

export interface GuardParts {
  /** Where people reach the server. */
  readonly publicUrl: string;
  /** The port at which this machine's own programs reach it; absent: it does not listen on a loopback address. */
  readonly loopbackPort: number | undefined;
  /** What is served below the path of the public address, of which arrivals are let in from any page. */
  readonly routes: readonly Route[];
}

/**
 * Lets through only what is meant for this server, and only what its own pages or no pages ask.
 *
 * A page of a foreign site can make a browser ask this server. It gives itself away by its `Host` when it came by DNS
 * rebinding, by its `Origin` when it posts across sites, and it cannot send JSON without asking first. Where forges send
 * browsers back to, an `Origin` says nothing: after a form of theirs some browsers send `null`, others none.
 */
export function guardRequests({ publicUrl, loopbackPort, routes }: GuardParts): RequestHandler {
  const { origin, protocol, pathname } = new URL(publicUrl);
  const arrivals = routes
    .filter(({ arrival }) => arrival === true)
    .map(({ path }) => pathname.replace(/\/$/, '') + path);
  const isArrival = ({ method, path }: Request): boolean =>
    method === 'GET' && arrivals.some((arrival) => fits(arrival, path));
  const isOurs = ({ headers: { host = '' } }: Request): boolean => {
    if (originOf(protocol, host) === origin) return true;
    const local = originOf('http:', host);
    if (local === undefined || loopbackPort === undefined) return false;
    const { hostname, port } = new URL(local);
    return isLoopbackHost(hostname) && Number(port === '' ? 80 : port) === loopbackPort;
  };
  return (request, _response, next) => {
    if (!isOurs(request)) {
      throw new RequestProblem({
        code: 'foreign_host',
        detail: `This server answers to ${origin} only, not to the name in the Host header.`,
      });
    }
    const { origin: from } = request.headers;
    if (from !== undefined && from.toLowerCase() !== origin && !isArrival(request)) {
      throw new RequestProblem({
        code: 'foreign_origin',
        detail: `Only pages of this server itself may use it. Open it at ${publicUrl}.`,
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

/** Undefined where the header is more than a host and a port. */
function originOf(protocol: string, host: string): string | undefined {
  if (!/^[\w.:[\]-]+$/.test(host) || !URL.canParse(`${protocol}//${host}`)) return undefined;
  return new URL(`${protocol}//${host}`).origin;
}
