import type { Response } from 'express';
import type { Cookies } from './cookies.js';
import { toProblem } from './problems.js';
import type { Answer } from './route.js';
import { lineType } from './route.js';
import type { EventSending } from './send-events.js';
import { sendEvents } from './send-events.js';
import type { TextWriting } from './write-text.js';
import { writeText } from './write-text.js';

export interface AnswerSending extends EventSending {
  readonly cookies: Cookies;
}

export async function sendAnswer(
  response: Response,
  answer: Answer,
  { cookies, ...sending }: AnswerSending,
): Promise<void> {
  response.status(answer.status).set(answer.headers ?? {});
  for (const change of answer.cookies ?? []) response.append('Set-Cookie', cookies.write(change));
  if (answer.lines !== undefined) await sendLines(response, answer.lines, sending);
  else if (answer.events !== undefined) await sendEvents(response, answer.events, sending);
  else if (answer.html !== undefined) response.type('html').send(answer.html);
  else if (answer.file !== undefined) response.sendFile(answer.file, { dotfiles: 'allow' });
  else if (answer.body === undefined) response.end();
  else response.json(answer.body);
}

/**
 * Sends each line as soon as it is there. What goes wrong before the first is a problem with its own status; after
 * that, the last line is `{ "problem": … }`.
 */
async function sendLines(
  response: Response,
  lines: AsyncIterable<unknown>,
  writing: TextWriting,
): Promise<void> {
  // Proxies would collect the lines otherwise.
  response.type(lineType).set('X-Accel-Buffering', 'no');
  try {
    for await (const line of lines) await writeText(response, toLine(line), writing);
  } catch (error) {
    if (!response.headersSent) throw error;
    if (response.destroyed) return;
    response.write(toLine({ problem: toProblem(error, response.req) }));
  }
  response.end();
}

function toLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
