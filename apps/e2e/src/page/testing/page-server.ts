import { Visitor } from '@anyforge/demo/visitor';
import { ServerProcess } from '@anyforge/server/testing/server-process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Everybody's on the servers of these tests. */
export const password = 'correct horse battery staple';

/** Who administers them. */
export const administrator = 'ada';

export type ServerSettings = Readonly<Record<string, string | undefined>>;

/** The built server with the built page, as a process of its own, and the people who have accounts there. */
export class PageServer {
  readonly password = password;
  readonly #folder: string;
  readonly #settings: Readonly<Record<string, string>>;
  readonly #visitors = new Map<string, Promise<Visitor>>();
  #process: ServerProcess;

  private constructor(
    folder: string,
    settings: Readonly<Record<string, string>>,
    process: ServerProcess,
    /** Where the page is. */
    readonly url: string,
  ) {
    this.#folder = folder;
    this.#settings = settings;
    this.#process = process;
  }

  /** @param settings more of the server's settings; one that is `undefined` goes: without the administrator nobody has set it up */
  static async start(settings: ServerSettings = {}): Promise<PageServer> {
    const folder = await mkdtemp(join(tmpdir(), 'anyforge-page-'));
    const all = given({
      DATA_DIR: join(folder, 'data'),
      ALLOW_ADDRESSES: 'loopback',
      PUBLIC_GIT_PROVIDERS: 'no',
      ADMIN_USERNAME: administrator,
      ADMIN_PASSWORD: password,
      ...settings,
    });
    try {
      const process = await ServerProcess.start(all);
      const url = (settings['PUBLIC_URL'] ?? process.publicUrl).replace(/\/$/, '');
      return new PageServer(folder, { ...all, PORT: new URL(process.url).port }, process, url);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Where the process listens, whatever its public address is. */
  get listensAt(): string {
    return this.#process.url;
  }

  /** What it has written since it was started. */
  get output(): string {
    return this.#process.output;
  }

  /** Somebody who asks the API as a browser does; who has no account yet is invited as a member first. */
  person(username: string): Promise<Visitor> {
    const known = this.#visitors.get(username) ?? this.#signIn(username);
    this.#visitors.set(username, known);
    return known;
  }

  async #signIn(username: string): Promise<Visitor> {
    const visitor = new Visitor(this.url);
    if (username === administrator) {
      await visitor.api.POST('/session', { body: { username, password } });
      return visitor;
    }
    const { api } = await this.person(administrator);
    const { link } = await api.POST('/people', { body: { username, role: 'member' } });
    const token = new URL(link.url).hash.slice(1);
    await visitor.api.POST('/password-links/use', { body: { token, password } });
    return visitor;
  }

  /** Kills the process in the middle of whatever it does. */
  async kill(): Promise<void> {
    await this.#process.kill();
  }

  /** Starts it again after `kill`, at the same address and with the same data, and perhaps with more settings. */
  async startAgain(more: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#process = await ServerProcess.start({ ...this.#settings, ...more });
  }

  async close(): Promise<void> {
    await this.#process.stop();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function given(settings: ServerSettings): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
