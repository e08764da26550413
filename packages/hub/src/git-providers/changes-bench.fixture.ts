import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Hub, HubOptions } from '../hub.js';
import { openHubOn } from '../hub.js';
import { noMeasurements } from '../measurements.js';
import type { Store } from '../store/store.js';
import { GenerationSweeper } from '../syncs/generation-sweeper.js';
import { callerOf } from '../testing/callers.js';
import type { FakeAccount } from '../testing/fake-forge.js';
import { fakeRepository, FakeForge } from '../testing/fake-forge.js';
import type { TestClock } from '../testing/test-clock.js';
import { openTestStore } from '../testing/test-database.js';
import { Vault } from '../vault/vault.js';
import { catalogOf, syncEnd, TestHubs } from '../testing/test-hub.js';

export const administrator = callerOf('administrator');

/** A hub whose store can be looked into, on a forge with organizations, and two people who can sign in. */
export class ChangesBench {
  readonly #hubs: TestHubs;
  readonly #folder: string;
  readonly #opened: Hub[] = [];
  readonly forge: FakeForge;
  readonly ada: FakeAccount;
  readonly bob: FakeAccount;
  readonly store: Store;
  readonly hub: Hub;

  private constructor(hubs: TestHubs, folder: string, store: Store, forge: FakeForge, hub: Hub) {
    this.#hubs = hubs;
    this.#folder = folder;
    this.#opened.push(hub);
    this.store = store;
    this.forge = forge;
    this.hub = hub;
    this.ada = forge.addAccount('token-of-ada', 'ada', [
      fakeRepository('1', { path: 'acme/web' }),
      fakeRepository('2', { path: 'acme/platform/api' }),
      fakeRepository('3', { path: 'ada/notes' }),
    ]);
    this.bob = forge.addAccount('token-of-bob', 'bob', [
      fakeRepository('1', { path: 'acme/web' }),
      fakeRepository('4', { path: 'bob/secret-plans' }),
    ]);
    this.ada.organizations = acme;
    this.bob.organizations = acme;
  }

  static async open(options: Partial<HubOptions> = {}): Promise<ChangesBench> {
    const hubs = new TestHubs();
    const folder = await hubs.folder();
    const forge = new FakeForge();
    const store = await openTestStore(folder, hubs.clock);
    const hub = await openHubOn(store, bare(hubs, folder, forge, options));
    return new ChangesBench(hubs, folder, store, forge, hub);
  }

  get clock(): TestClock {
    return this.#hubs.clock;
  }

  async close(): Promise<void> {
    await Promise.all(this.#opened.map((hub) => hub.close()));
    await this.#hubs.cleanUp();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** A git provider at an address, for tokens unless it is given an OAuth application. */
  async add(config: object = { baseUrl: 'https://forge.test' }, name = 'Forge'): Promise<string> {
    const { id } = await this.hub.gitProviders.create(administrator, { name, type: 'fake', config });
    return id;
  }

  /** Signs somebody in with their token, and waits for their list. */
  async signIn(username: 'ada' | 'bob', gitProviderId: string): Promise<void> {
    const { syncId } = await this.hub.connections.putToken(callerOf(username), gitProviderId, {
      token: `token-of-${username}`,
    });
    await syncEnd(this.hub, username, syncId);
  }

  async sync(username: 'ada' | 'bob'): Promise<string> {
    const { id } = await this.hub.syncs.start(username);
    return (await syncEnd(this.hub, username, id)).state;
  }

  /** What is swept in the background, now. */
  async sweep(): Promise<void> {
    const { clock, logger } = this.#hubs;
    const vault = new Vault(createSecretKey(randomBytes(32)));
    const { store } = this;
    const measurements = noMeasurements;
    await new GenerationSweeper({ store, vault, clock, logger, newId: randomUUID, measurements }).sweep();
  }

  /** The texts of every row of a table. */
  async rows(table: 'connections' | 'git_providers' | 'permissions' | 'repositories'): Promise<string> {
    return JSON.stringify(await this.store.database.selectFrom(table).selectAll().execute());
  }
}

const acme = [{ id: 'organization-1', path: 'acme', name: 'Acme' }];

function bare(
  hubs: TestHubs,
  dataDirectory: string,
  forge: FakeForge,
  options: Partial<HubOptions>,
): HubOptions {
  return {
    publicUrl: 'https://anyforge.test',
    plugins: catalogOf(forge.plugin),
    clock: hubs.clock,
    logger: hubs.logger,
    publicGitProviders: false,
    dataDirectory,
    ...options,
  };
}
