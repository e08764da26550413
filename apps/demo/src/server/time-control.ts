import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { join } from 'node:path';

/** Says to all threads of a server what time it is. They end when this process does. */
export class TimeControl {
  readonly #sockets: readonly Socket[];

  private constructor(sockets: readonly Socket[]) {
    this.#sockets = sockets;
  }

  /** @param folder where each thread tells its port */
  static async connect(folder: string): Promise<TimeControl> {
    const sockets: Socket[] = [];
    for (const name of await readdir(folder)) {
      const port = await readFile(join(folder, name), 'utf8');
      const socket = connect(Number(port), '127.0.0.1');
      await once(socket, 'connect');
      // It is the server's end, which is told otherwise.
      socket.on('error', () => undefined);
      socket.unref();
      sockets.push(socket);
    }
    return new TimeControl(sockets);
  }

  /** Lets the time be so far ahead of the system's, everywhere before it resolves. */
  async setAhead(ms: number): Promise<void> {
    for (const socket of this.#sockets) {
      const done = once(socket, 'data');
      socket.write(`${String(ms)}\n`);
      await done;
    }
  }
}
