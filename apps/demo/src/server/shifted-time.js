// @ts-check
/**
 * Loaded before a server, and before each of its threads: lets the time be another than the system's. A file in the
 * folder `SHIFTED_TIME_FOLDER` tells the port at which it takes by how many milliseconds, line by line. Whoever has
 * spoken there and is gone has ended, however: then so does the server.
 */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { isMainThread, threadId } from 'node:worker_threads';

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

const server = createServer((socket) => {
  socket.unref();
  createInterface(socket).on('line', (line) => {
    aheadMs = Number(line);
    socket.write('done\n');
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    if (isMainThread) process.kill(process.pid, 'SIGTERM');
  });
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const name = `${String(process.pid)}-${String(threadId)}`;
  writeFileSync(join(process.env['SHIFTED_TIME_FOLDER'] ?? '.', name), String(port));
});
server.unref();
