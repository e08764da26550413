import type { Effects } from './composition.js';
import { openApplication } from './composition.js';
import { MetricsListener } from './metrics/metrics-listener.js';
import type { Running } from './run-process.js';
import type { Settings } from './settings.js';
import { SettingsError } from './settings.js';

export interface Worker extends Running {
  /** Where it tells whoever watches over it how it does; absent: nowhere. */
  readonly metricsUrl?: string | undefined;
}

/** What a new database is given for whoever comes first, its servers give it: nobody comes to a worker. */
const unvisited = { administrator: undefined, loopbackOnly: true, publicGitProviders: false };

/**
 * Works on the syncs of the servers that share its PostgreSQL, and answers nobody but those who watch over it.
 *
 * @throws SettingsError when there would be nothing to work on. @throws HubError when the database cannot be used.
 */
export async function startWorker(settings: Settings, effects: Effects): Promise<Worker> {
  if (settings.databaseUrl === undefined) {
    throw new SettingsError(
      'A worker needs DATABASE_URL: the PostgreSQL of the servers whose syncs it works on. The embedded database belongs to its one server, which works on them by itself.',
    );
  }
  if (settings.syncConcurrency === 0) {
    throw new SettingsError(
      'SYNC_CONCURRENCY is 0, with which a worker has nothing to do. Leave it out, or give it 1 to 100.',
    );
  }
  const metrics = settings.metrics && (await MetricsListener.open(settings.metrics, effects));
  try {
    const publicUrl = settings.publicUrl ?? `http://localhost:${String(settings.port)}`;
    const measured = { ...effects, measurements: metrics?.measurements };
    const hub = await openApplication({ ...settings, ...unvisited, publicUrl }, measured);
    metrics?.watch(hub);
    return {
      metricsUrl: metrics?.url,
      failed: hub.failed,
      close: async () => {
        hub.stopWatching();
        await hub.close().finally(() => metrics?.close());
      },
    };
  } catch (error) {
    await metrics?.close();
    throw error;
  }
}
