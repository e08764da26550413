import { Calendar } from './forges/calendar.js';
import type { DemoForges } from './forges/start-forges.js';
import { startForges } from './forges/start-forges.js';
import { firstDays } from './server/first-days.js';
import type { AddedProviders } from './server/git-providers.js';
import { addGitProviders } from './server/git-providers.js';
import type { Visitors } from './server/people.js';
import { addPeople, demoPassword } from './server/people.js';
import { ShiftedServer } from './server/shifted-server.js';
import { DemoTime } from './time.js';

const dayMs = 86_400_000;

export interface DemoOptions {
  /** The server's port; any free one when not given. */
  readonly port?: number | undefined;
  /** The first of the six ports of the forges; free ones when not given. */
  readonly forgePort?: number | undefined;
  /** An empty folder for the server's data, which is kept. When not given, a temporary one, which is removed. */
  readonly dataDirectory?: string | undefined;
  /** The moment that it is in the demo as soon as it has started; it goes on from there. */
  readonly today: Date;
  /** More of the server's settings. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
  /** Told what is being done. */
  readonly onProgress?: ((words: string) => void) | undefined;
}

/** Simulated forges, and a server with git providers for them, people, and what they are signed in to. */
export interface Demo {
  /** Where the page is. */
  readonly url: string;
  readonly forges: DemoForges;
  readonly providers: AddedProviders;
  /** Browsers in which people are signed in to the server. */
  readonly visitors: Visitors;
  /** From now on it is this moment there, and goes on from it. */
  goTo(moment: Date): Promise<void>;
  /** Stops everything. */
  close(): Promise<void>;
}

/**
 * Starts the forges and the built server, and configures it through its API as people would.
 *
 * @throws Error when the server is not built, or a port cannot be had.
 */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { onProgress = () => undefined, today } = options;
  const endings: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    onProgress('Starting five forges');
    const time = new DemoTime();
    const forges = await startForges({
      calendar: new Calendar(today),
      clock: time,
      firstPort: options.forgePort,
    });
    const all = Object.values<DemoForges[keyof DemoForges]>({ ...forges });
    endings.push(() => Promise.all(all.map(({ simulator }) => simulator.close())));

    onProgress('Starting the server');
    const server = await ShiftedServer.start(
      {
        PORT: String(options.port ?? 0),
        ALLOW_ADDRESSES: 'loopback',
        PUBLIC_GIT_PROVIDERS: 'no',
        ADMIN_USERNAME: 'maya',
        ADMIN_PASSWORD: demoPassword,
        ...options.settings,
      },
      options.dataDirectory,
    );
    endings.push(() => server.stop());
    const goTo = async (moment: Date): Promise<void> => {
      time.set(moment);
      await server.setAhead(time.aheadMs);
    };

    onProgress('Living through a week: people, git providers, sign-ins, syncs');
    await goTo(new Date(today.getTime() - 7 * dayMs));
    const { publicUrl: url } = server;
    const visitors = await addPeople(url);
    const providers = await addGitProviders(visitors.maya, url, forges);
    for (const { daysAgo, happens } of firstDays) {
      await goTo(new Date(today.getTime() - daysAgo * dayMs));
      await happens(visitors, providers);
    }
    await goTo(today);
    for (const { begin } of all) begin();
    return { url, forges, providers, visitors, goTo, close };
  } catch (error) {
    await close();
    throw error;
  }
}
