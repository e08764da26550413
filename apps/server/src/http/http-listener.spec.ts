import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { HttpListener } from './http-listener.js';

const listeners: HttpListener[] = [];
afterEach(() => Promise.all(listeners.splice(0).map((listener) => listener.close())));

async function listen(answer?: (request: IncomingMessage, response: ServerResponse) => void) {
  const listener = await HttpListener.listen({ host: '127.0.0.1', port: 0 });
  listeners.push(listener);
  if (answer !== undefined) listener.answerWith(answer);
  return listener;
}

/** What comes back for bytes that no client of ours would send. */
async function sendBytes({ port }: HttpListener, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await once(socket, 'close');
  return text;
}

describe('what is no request', () => {
  it.each([
    ['HELLO\r\n\r\n', 400, 'malformed_request'],
    [`GET / HTTP/1.1\r\nHost: x\r\nCookie: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers_too_large'],
  ])('is told so with a problem', async (bytes, status, code) => {
    const text = await sendBytes(await listen(), bytes);
    expect(text).toContain(`HTTP/1.1 ${status} `);
    expect(text).toContain('Content-Type: application/problem+json');
    expect(JSON.parse(text.slice(text.indexOf('\r\n\r\n')))).toMatchObject({ code, status });
  });
});

describe('garbage behind a request', () => {
  it('is told so when that has been answered', async () => {
    const listener = await listen((_request, response) => response.end('answered'));
    const socket = connect(listener.port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(String((await once(socket, 'data'))[0])).toContain('answered');
    socket.write('HELLO\r\n\r\n');
    expect(String((await once(socket, 'data'))[0])).toContain('HTTP/1.1 400 ');
    socket.destroy();
  });

  it('puts no second head into an answer that is under way', async () => {
    const listener = await listen((_request, response) => {
      response.write('the first line');
    });
    const socket = connect(listener.port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'data');
    socket.write('HELLO\r\n\r\n');
    await once(socket, 'close');
    expect(text).toContain('the first line');
    expect(text.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });
});

describe('a listener', () => {
  it('keeps connections for longer than the proxies before it', async () => {
    const listener = await listen((_request, response) => response.end());
    const { headers } = await fetch(listener.url);
    expect(headers.get('keep-alive')).toBe('timeout=75');
  });

  it('is told when the port is taken', async () => {
    const { port } = await listen();
    await expect(HttpListener.listen({ host: '127.0.0.1', port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });

  it('answers what is being asked when it closes, and holds no connection that is kept alive', async () => {
    const agent = new Agent({ keepAlive: true });
    let asked = (_response: ServerResponse): void => undefined;
    const arrived = new Promise<ServerResponse>((resolve) => (asked = resolve));
    const listener = await listen((_request, response) => {
      asked(response);
    });
    const asking = request({ port: listener.port, agent });
    asking.end();
    const answered = new Promise<IncomingMessage>((resolve) => asking.once('response', resolve));
    const response = await arrived;
    const closed = listener.close();
    await expect(fetch(listener.url)).rejects.toThrow();
    response.end('answered');
    let text = '';
    for await (const chunk of await answered) text += String(chunk);
    expect(text).toBe('answered');
    await closed;
    agent.destroy();
  });
});
