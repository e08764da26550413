// @ts-check
/**
 * Loaded before a server, and before each of its threads: lets the time be another than the system's. A file in
 * the folder `SHIFTED_TIME_FOLDER` tells the port at which it takes by how many milliseconds.
 */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';

const systemDate = globalThis.Date;
let aheadMs = 0;

const now = () => systemDate.now() + aheadMs;

const shiftedDate = new Proxy(systemDate, {
  construct: (target, values, newTarget) =>
    Reflect.construct(target, values.length === 0 ? [now()] : values, newTarget),
  apply: () => new systemDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
Reflect.set(globalThis, 'Date', shiftedDate);

const server = createServer({ allowHalfOpen: true }, (socket) => {
  let text = '';
  socket.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => (text += chunk));
  socket.on('end', () => {
    aheadMs = Number(text);
    socket.end();
  });
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const name = `${String(process.pid)}-${String(threadId)}`;
  writeFileSync(join(process.env['SHIFTED_TIME_FOLDER'] ?? '.', name), String(port));
});
server.unref();
