import type { Response } from 'express';
import { once } from 'node:events';
import type { Cookies } from './cookies.js';
import { toProblem } from './problems.js';
import type { Answer } from './route.js';
import { lineType } from './route.js';

export async function sendAnswer(response: Response, answer: Answer, cookies: Cookies): Promise<void> {
  response.status(answer.status).set(answer.headers ?? {});
  for (const change of answer.cookies ?? []) response.append('Set-Cookie', cookies.write(change));
  if (answer.lines !== undefined) await sendLines(response, answer.lines);
  else if (answer.html !== undefined) response.type('html').send(answer.html);
  else if (answer.file !== undefined) response.sendFile(answer.file, { dotfiles: 'allow' });
  else if (answer.body === undefined) response.end();
  else response.json(answer.body);
}

/**
 * Sends each line as soon as it is there. What goes wrong before the first is a problem with its own status; after
 * that, the last line is `{ "problem": … }`.
 */
async function sendLines(response: Response, lines: AsyncIterable<unknown>): Promise<void> {
  // Proxies would collect the lines otherwise.
  response.type(lineType).set('X-Accel-Buffering', 'no');
  try {
    for await (const line of lines) await writeLine(response, line);
  } catch (error) {
    if (!response.headersSent) throw error;
    if (response.closed) return;
    response.write(toLine({ problem: toProblem(error, response.req) }));
  }
  response.end();
}

/** Waits until there is room for more; rejects when whoever reads has gone. */
async function writeLine(response: Response, line: unknown): Promise<void> {
  if (response.closed) throw new Error('Nobody reads this any more.');
  if (response.write(toLine(line))) return;
  const closed = new AbortController();
  const close = (): void => {
    closed.abort();
  };
  response.once('close', close);
  try {
    await once(response, 'drain', { signal: closed.signal });
  } finally {
    response.off('close', close);
  }
}

function toLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
