import { createServer } from 'node:net';

/** The first of so many consecutive ports of 127.0.0.1, when all of them are free. */
export async function ifFree(first: number, count: number): Promise<number | undefined> {
  for (let port = first; port < first + count; port += 1) if (!(await isFree(port))) return undefined;
  return first;
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
