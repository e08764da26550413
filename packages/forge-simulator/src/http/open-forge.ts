import type { Clock } from './clock.js';
import type { ExchangeOptions, Latency, RequestHook } from './exchange.js';
import { Exchange } from './exchange.js';
import type { Faults } from './faults.js';
import type { SimulatedRequest } from './message.js';
import { toBytes } from './message.js';
import type { Origin } from './origin.js';
import { openOrigin } from './origin.js';
import type { RequestLog } from './request-log.js';

/** Where on its origins a forge has its faces. Prefixes are '' or start with a slash and end without one. */
export interface ForgeLayout {
  /** Whether the API has an origin of its own. */
  readonly separateApi: boolean;
  /** What pages live below: '' or a context path, '/bitbucket'. */
  readonly webPrefix: string;
  /** What the API lives below, the context path included: '/api/v3', '/bitbucket/rest/api/latest'. */
  readonly apiPrefix: string;
}

export interface ForgeAddresses {
  /** Where people go, with the context path. */
  readonly webUrl: string;
  /** Where programs go, with the prefix. */
  readonly apiUrl: string;
}

/** What a forge brings once its addresses are known. */
export interface ForgeFace<Parts> extends Omit<ExchangeOptions, 'clock' | 'admit'> {
  /** Nothing is counted where it is not given. */
  readonly admit?: ExchangeOptions['admit'];
  /** What the simulator hands out beside what every one does: its tokens, its authorization server. */
  readonly parts: Parts;
}

export interface OpenForgeOptions<Parts> {
  readonly layout: ForgeLayout;
  readonly clock: Clock;
  readonly latency: Latency | undefined;
  /** Where it listens; an API with an origin of its own at the next one. Free ports when not given. */
  readonly port?: number | undefined;
  /** Called once, before the first request. */
  readonly face: (addresses: ForgeAddresses) => ForgeFace<Parts>;
}

/** What every simulator hands out, whatever its forge. */
export interface OpenForge extends ForgeAddresses {
  /** Every origin it answers on. */
  readonly origins: readonly string[];
  readonly log: RequestLog;
  readonly faults: Faults;
  setLatency(latency: Latency): void;
  /** Calls `hook` for every request before it is answered. @returns how to stop that */
  onRequest(hook: RequestHook): () => void;
  /** Breaks every connection and ends every wait. */
  close(): Promise<void>;
}

/** Opens a forge's origins on 127.0.0.1 and sends what comes through one exchange. */
export async function openForge<Parts extends object>({
  layout,
  clock,
  latency,
  port = 0,
  face,
}: OpenForgeOptions<Parts>): Promise<OpenForge & Parts> {
  const handle: Parameters<typeof openOrigin>[0] = (incoming, outgoing, origin) => {
    void exchange.handle(incoming, outgoing, (url) => locate(layout, url, apiOrigin.url), origin);
  };
  const webOrigin = await openOrigin(handle, port);
  const apiOrigin = layout.separateApi ? await openOrigin(handle, port && port + 1) : webOrigin;
  const origins: readonly Origin[] = [...new Set([webOrigin, apiOrigin])];
  const addresses: ForgeAddresses = {
    webUrl: webOrigin.url + layout.webPrefix,
    apiUrl: apiOrigin.url + layout.apiPrefix,
  };
  const { answer, admit = () => () => undefined, withNextPage, parts } = face(addresses);
  const exchange = new Exchange({
    clock,
    answer: (request) => (request.surface === 'elsewhere' ? nothingHere : answer(request)),
    admit: (request) => (request.surface === 'elsewhere' ? () => undefined : admit(request)),
    withNextPage,
  });
  if (latency !== undefined) exchange.setLatency(latency);

  return {
    ...parts,
    ...addresses,
    origins: origins.map(({ url }) => url),
    log: exchange.log,
    faults: exchange.faults,
    setLatency: (next) => {
      exchange.setLatency(next);
    },
    onRequest: (hook) => exchange.onRequest(hook),
    close: async () => {
      exchange.close();
      await Promise.all(origins.map((origin) => origin.close()));
    },
  };
}

type Location = Pick<SimulatedRequest, 'surface' | 'path'>;

/** The API's prefix first: pages may live above it on the same origin. */
function locate(layout: ForgeLayout, { origin, pathname }: URL, apiOrigin: string): Location {
  const { separateApi, webPrefix, apiPrefix } = layout;
  const inApi = origin === apiOrigin ? below(apiPrefix, pathname) : undefined;
  if (inApi !== undefined) return { surface: 'api', path: inApi };
  const inWeb = separateApi && origin === apiOrigin ? undefined : below(webPrefix, pathname);
  return inWeb === undefined ? { surface: 'elsewhere', path: pathname } : { surface: 'web', path: inWeb };
}

function below(prefix: string, pathname: string): string | undefined {
  if (pathname === prefix) return '/';
  return pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : undefined;
}

/** What a web server in front of a forge answers outside of it. */
const nothingHere = toBytes({
  status: 404,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!DOCTYPE html>\n<html lang="en"><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>\n',
});
