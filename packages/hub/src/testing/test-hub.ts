import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger, ProviderPlugin } from '@anyforge/core';
import type { Hub, HubOptions } from '../hub.js';
import { openHubOn } from '../hub.js';
import type { PluginCatalog } from '../provider-types.js';
import type { Sync } from '../syncs/sync-view.js';
import { callerOf } from './callers.js';
import type { FakeForge } from './fake-forge.js';
import { TestClock } from './test-clock.js';
import { openTestStore } from './test-database.js';

/** What the hub logged, as text. */
export class TestLogger implements Logger {
  readonly lines: string[] = [];

  debug(fields: object, message: string): void {
    this.lines.push(`debug ${message} ${JSON.stringify(fields)}`);
  }

  warn(fields: object, message: string): void {
    this.lines.push(`warn ${message} ${JSON.stringify(fields)}`);
  }
}

export function catalogOf(...plugins: readonly ProviderPlugin[]): PluginCatalog {
  return { get: (type) => plugins.find((plugin) => plugin.type === type), list: () => plugins };
}

/** Data folders and the hubs on them, all gone after `cleanUp`. */
export class TestHubs {
  readonly clock = new TestClock();
  readonly logger = new TestLogger();
  readonly #folders: string[] = [];
  readonly #hubs: Hub[] = [];

  async folder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    this.#folders.push(folder);
    return folder;
  }

  async open(forge: FakeForge, options: Partial<HubOptions> = {}): Promise<Hub> {
    const dataDirectory = options.dataDirectory ?? (await this.folder());
    const hub = await openHubOn(await openTestStore(dataDirectory, this.clock), {
      publicUrl: 'http://localhost:4400',
      plugins: catalogOf(forge.plugin),
      clock: this.clock,
      logger: this.logger,
      publicGitProviders: false,
      ...options,
      dataDirectory,
    });
    this.#hubs.push(hub);
    return hub;
  }

  async cleanUp(): Promise<void> {
    await Promise.all(this.#hubs.map((hub) => hub.close()));
    await Promise.all(this.#folders.map((folder) => rm(folder, { recursive: true, force: true })));
  }
}

/** The sync as it is when it first fulfils a condition. */
export async function syncWhen(
  hub: Hub,
  personId: string,
  syncId: string,
  condition: (sync: Sync) => boolean,
): Promise<Sync> {
  let sync = await hub.syncs.get(personId, syncId);
  while (!condition(sync)) sync = await hub.syncs.changed(personId, syncId, { after: sync.revision });
  return sync;
}

/** The sync when nothing of it is queued, running or waiting any more. */
export function syncEnd(hub: Hub, personId: string, syncId: string): Promise<Sync> {
  return syncWhen(hub, personId, syncId, (sync) => sync.finishedAt !== undefined);
}

/** A git provider on the forge. */
export async function addProvider(hub: Hub, name = 'Forge', type = 'fake'): Promise<string> {
  const { id } = await hub.gitProviders.create(callerOf('administrator'), {
    name,
    type,
    config: { baseUrl: 'https://forge.test' },
  });
  return id;
}

/** The paths of everything that a person sees, in order. */
export async function visiblePaths(hub: Hub, personId: string): Promise<readonly string[]> {
  const { items } = await hub.repositories.list(personId, { limit: 200 });
  return items.map((repository) => repository.path);
}

/** A promise that a test settles. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    opened,
    open: () => {
      open();
    },
  };
}
