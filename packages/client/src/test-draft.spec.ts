import { describe, expect, it } from '@jest/globals';
import { all, badGateway, json, problem, problemBody, refusalOf, stream } from './answers.fixture.js';
import { createSend } from './calls.js';
import type { GitProviderTestLine } from './generated/api.js';
import { testDraft } from './test-draft.js';
import { QuickTimers } from './timers.fixture.js';
import { Transport } from './transport.js';

const plan: GitProviderTestLine = {
  kind: 'plan',
  revision: 1,
  steps: [{ step: 'address', title: 'The address is allowed' }],
};
const step: GitProviderTestLine = {
  kind: 'step',
  step: 'address',
  title: 'The address is allowed',
  status: 'passed',
};
const summary: GitProviderTestLine = {
  kind: 'summary',
  revision: 1,
  outcome: 'passed',
  message: "You're good to go",
};
const line = (value: unknown): string => `${JSON.stringify(value)}\n`;
const ndjson = 'application/x-ndjson; charset=utf-8';

function testing(response: Response): AsyncIterable<GitProviderTestLine> {
  const timers = new QuickTimers();
  const transport = new Transport({ fetch: async () => response, now: () => timers.now() });
  const send = createSend({
    baseUrl: 'https://anyforge.example/api/v1',
    fetch: (request) => transport.send(request),
  });
  return testDraft({ send, timers }, '7');
}

async function seenUntilFailure(response: Response): Promise<{ seen: unknown[]; error: unknown }> {
  const seen: unknown[] = [];
  const error = await refusalOf(
    (async () => {
      for await (const one of testing(response)) seen.push(one);
    })(),
  );
  return { seen, error };
}

describe('testing a draft', () => {
  it('tells the plan, each step and the summary, wherever the pieces are cut', async () => {
    const text = line(plan) + line(step) + line(summary);
    const pieces = [text.slice(0, 30), text.slice(30, 200), text.slice(200)];
    expect(await all(testing(stream(ndjson, pieces)))).toEqual([plan, step, summary]);
  });

  const cut = 'The connection was lost before the test had ended. Run it again.';

  it.each([
    ['breaks', stream(ndjson, [line(plan), line(step)], { thenBreaks: true })],
    ['ends early', stream(ndjson, [line(plan), line(step)])],
    ['ends in the middle of a line', stream(ndjson, [line(plan), line(step), '{"kind":"summ'])],
  ])('says that the connection was lost when the stream %s', async (_how, response) => {
    const { seen, error } = await seenUntilFailure(response);
    expect(seen).toEqual([plan, step]);
    expect(error).toMatchObject({ name: 'ApiUnreachable', message: cut });
  });

  it('fails with the problem of the last line', async () => {
    const { seen, error } = await seenUntilFailure(
      stream(ndjson, [line(plan), line({ problem: problemBody(503, 'closed') })]),
    );
    expect(seen).toEqual([plan]);
    expect(error).toMatchObject({ name: 'ApiError', code: 'closed', status: 503 });
  });

  it.each([
    ['too_many_tests', problem(429, 'too_many_tests')],
    ['unexpected_answer', badGateway()],
    ['unexpected_answer', json({})],
  ])('fails with %s before there is a line', async (code, response) => {
    expect(await seenUntilFailure(response)).toMatchObject({ seen: [], error: { code } });
  });
});
