import { HubError } from '@anyforge/hub';
import { setMaxListeners } from 'node:events';
import type { Effects } from './composition.js';
import { openApplication } from './composition.js';
import { createApp, createStartingApp } from './http/app.js';
import { HttpListener } from './http/http-listener.js';
import type { WebPage } from './http/web-page/web-page.js';
import { readWebPage } from './http/web-page/web-page.js';
import { MetricsListener } from './metrics/metrics-listener.js';
import type { Settings } from './settings.js';
import { isLoopbackHost } from './settings/forms.js';

export interface Server {
  /** Where it listens. */
  readonly url: string;
  /** Where it tells whoever watches over it how it does; absent: nowhere. */
  readonly metricsUrl?: string | undefined;
  /** Where people reach it: the setting, else this machine by name. */
  readonly publicUrl: string;
  /** Whether nobody has an account yet. */
  needsSetUp(): Promise<boolean>;
  /** What the first visit takes, to be shown to the operator only; absent when it takes none or has been made. */
  readonly setUpCode?: string | undefined;
  /** Resolves when the server cannot go on: its database is gone. */
  readonly failed: Promise<Error>;
  /** Answers what is being asked, ends what streams or waits, lets syncs go back to the queue, and lets go of the data. */
  close(): Promise<void>;
}

/** What belongs to an installation, and is no setting. */
export interface ServerParts {
  /** Where the built page is. Absent: there is only the API. */
  readonly pageDirectory?: string | undefined;
}

/**
 * Listens, and then opens the data; until it is open, every request is answered with the problem `starting`.
 *
 * @throws HubError when the data folder cannot be used. @throws Error with `code` when the port cannot. @throws
 * WebPageError when there is no page where it should be.
 */
export async function startServer(
  settings: Settings,
  effects: Effects,
  { pageDirectory }: ServerParts = {},
): Promise<Server> {
  const page = pageDirectory === undefined ? undefined : await readWebPage(pageDirectory);
  const listener = await HttpListener.listen(settings);
  let metrics: MetricsListener | undefined;
  try {
    metrics = settings.metrics && (await MetricsListener.open(settings.metrics, effects));
    const measured = { ...effects, measurements: metrics?.measurements };
    return await serveFrom({ listener, metrics, page }, settings, measured);
  } catch (error) {
    await listener.close();
    await metrics?.close();
    throw error;
  }
}

interface OpenParts {
  readonly listener: HttpListener;
  readonly metrics: MetricsListener | undefined;
  readonly page: WebPage | undefined;
}

async function serveFrom(
  { listener, metrics, page }: OpenParts,
  settings: Settings,
  effects: Effects,
): Promise<Server> {
  const { port } = listener;
  const publicUrl = settings.publicUrl ?? `http://localhost:${port}`;
  const frame = { ...effects, publicUrl, trustProxy: settings.trustProxy };
  listener.answerWith(createStartingApp(frame));
  const hub = await openApplication({ ...settings, publicUrl }, effects);
  metrics?.watch(hub);
  const stopping = new AbortController();
  // Everybody who watches a sync listens to it.
  setMaxListeners(0, stopping.signal);
  const loopbackPort = isLoopbackHost(settings.host) ? port : undefined;
  listener.answerWith(createApp({ ...frame, hub, page, loopbackPort, stopping: stopping.signal }));
  return {
    url: listener.url,
    metricsUrl: metrics?.url,
    publicUrl,
    needsSetUp: async () => (await hub.setUp.status()).needed,
    setUpCode: hub.setUp.code,
    failed: hub.failed,
    close: async () => {
      const closed = listener.close();
      hub.stopWatching();
      stopping.abort(HubError.closed());
      await closed;
      await hub.close().finally(() => metrics?.close());
    },
  };
}
