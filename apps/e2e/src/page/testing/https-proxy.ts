import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import type { Server } from 'node:https';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';

/** A proxy that takes https at a port of this machine, and hands on what it is asked over http, as nginx would. */
export class HttpsProxy {
  readonly #server: Server;
  #target: URL | undefined;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<HttpsProxy> {
    const proxy = new HttpsProxy(createServer(await selfSigned()));
    proxy.#server.on('request', (asked, answer) => {
      const headers = {
        ...asked.headers,
        'x-forwarded-for': asked.socket.remoteAddress ?? '',
        'x-forwarded-proto': 'https',
      };
      const { hostname, port } = proxy.#target ?? {};
      const handedOn = request({ hostname, port, path: asked.url, method: asked.method, headers });
      handedOn.on('response', (given) => {
        answer.writeHead(given.statusCode ?? 502, given.headers);
        // Events come one by one: what is there is sent on at once.
        answer.flushHeaders();
        pipeline(given, answer).catch(() => undefined);
      });
      handedOn.on('error', () => {
        answer.destroy();
      });
      answer.on('close', () => handedOn.destroy());
      asked.pipe(handedOn);
    });
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  /** Where browsers find it. */
  get url(): string {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? `https://localhost:${address.port}` : '';
  }

  /** From now on it hands on what it is asked to this server. */
  leadTo(url: string): void {
    this.#target = new URL(url);
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}

/** A key, and a certificate for it that nobody vouches for. */
async function selfSigned(): Promise<{ readonly key: Buffer; readonly cert: Buffer }> {
  const folder = await mkdtemp(join(tmpdir(), 'anyforge-certificate-'));
  try {
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    const files = ['-subj', '/CN=localhost', '-keyout', key, '-out', certificate];
    await promisify(execFile)('openssl', ['req', '-x509', ...kind, ...files]);
    return { key: await readFile(key), cert: await readFile(certificate) };
  } finally {
    await rm(folder, { recursive: true });
  }
}
