import { HubError } from '@anyforge/hub';
import { setMaxListeners } from 'node:events';
import type { Effects } from './composition.js';
import { openApplication } from './composition.js';
import { createApp, createStartingApp } from './http/app.js';
import { HttpListener } from './http/http-listener.js';
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

/**
 * Listens, and then opens the data; until it is open, every request is answered with the problem `starting`.
 *
 * @throws HubError when the data folder cannot be used. @throws Error with `code` when the port cannot.
 */
export async function startServer(settings: Settings, effects: Effects): Promise<Server> {
  const listener = await HttpListener.listen(settings);
  let metrics: MetricsListener | undefined;
  try {
    metrics = settings.metrics && (await MetricsListener.open(settings.metrics, effects));
    const measured = { ...effects, measurements: metrics?.measurements };
    return await serveFrom(listener, metrics, settings, measured);
  } catch (error) {
    await listener.close();
    await metrics?.close();
    throw error;
  }
}

async function serveFrom(
  listener: HttpListener,
  metrics: MetricsListener | undefined,
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
  listener.answerWith(createApp({ ...frame, hub, loopbackPort, stopping: stopping.signal }));
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
