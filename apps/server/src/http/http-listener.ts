import type { RequestListener, Server, ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import { createServer, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { RequestProblemCode } from './problem-codes.js';
import { requestProblems } from './problem-codes.js';
import { describeProblem } from './problems.js';

/** How long requests that are being answered may take when the server stops. */
const graceMs = 5_000;
/** Longer than proxies keep a connection, 60 s as a rule: whoever ends it first must not be the one that is asked. */
const keepAliveTimeout = 75_000;

/** A port that is bound before there is anything to answer with. */
export class HttpListener {
  /** `http://127.0.0.1:4400` */
  readonly url: string;
  readonly port: number;
  readonly #server: Server;
  /** The latest answer of each connection: those before it have been sent. */
  readonly #answers = new WeakMap<Duplex, ServerResponse>();
  #answer: RequestListener | undefined;
  #closing: Promise<void> | undefined;

  private constructor(server: Server, host: string) {
    const address = server.address();
    this.port = typeof address === 'object' && address !== null ? address.port : 0;
    this.url = `http://${host.includes(':') ? `[${host}]` : host}:${this.port}`;
    this.#server = server;
    server.on('request', (request, response) => {
      this.#answers.set(request.socket, response);
      response.once('close', () => {
        // A connection that is kept alive would hold the server up.
        if (this.#closing !== undefined) server.closeIdleConnections();
      });
      this.#answer?.(request, response);
    });
    server.on('clientError', (error, socket) => {
      // What is said now would be read as a part of the answer that is under way.
      if (this.#answers.get(socket)?.closed === false) socket.destroy();
      else refuseUnreadable(error, socket);
    });
  }

  /** @throws Error with `code` when the port cannot be had. */
  static async listen({
    host,
    port,
  }: {
    readonly host: string;
    readonly port: number;
  }): Promise<HttpListener> {
    const server = createServer({ keepAliveTimeout });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port }, () => {
        server.off('error', reject);
        resolve();
      });
    });
    return new HttpListener(server, host);
  }

  /** From the next request on. */
  answerWith(answer: RequestListener): void {
    this.#answer = answer;
  }

  /** Takes no more connections, and resolves when what is being asked has been answered, or has had its time. */
  close(): Promise<void> {
    return (this.#closing ??= new Promise((resolve) => {
      const force = setTimeout(() => {
        this.#server.closeAllConnections();
      }, graceMs);
      this.#server.close(() => {
        clearTimeout(force);
        resolve();
      });
    }));
  }
}

/** What Node cannot read as a request gets no further than here; its own answers have no words. */
const unreadable: Readonly<Record<string, readonly [code: RequestProblemCode, detail: string]>> = {
  HPE_HEADER_OVERFLOW: ['headers_too_large', 'The headers are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request_timeout', 'The request did not arrive in time.'],
};

function refuseUnreadable(error: Error & { readonly code?: string }, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const [code, detail] = unreadable[error.code ?? ''] ?? ['malformed_request', 'This is no HTTP request.'];
  const status = requestProblems[code];
  const body = JSON.stringify(describeProblem({ code, status, detail, requestId: randomUUID() }));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
