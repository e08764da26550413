import { describe, expect, it } from '@jest/globals';
import { badGateway, json, problem } from './answers.fixture.js';
import { readProblem } from './read-problem.js';

const now = (): number => Date.parse('2026-11-21T10:00:00Z');

describe('the error of a refusal', () => {
  it('has every member of the problem document', async () => {
    const error = await readProblem(
      problem(409, 'parks_connections', {
        title: 'Parks connections',
        detail: 'Three people have to sign in again. Confirm their number.',
        repair: { text: 'Confirm it', url: 'https://anyforge.example/git-providers/7' },
        fields: [{ path: 'config.baseUrl', message: 'is another address' }],
        retryAt: '2026-11-21T10:05:00.000Z',
        count: 3,
      }),
      now,
    );
    expect(error).toMatchObject({
      name: 'ApiError',
      message: 'Three people have to sign in again. Confirm their number.',
      status: 409,
      code: 'parks_connections',
      title: 'Parks connections',
      detail: 'Three people have to sign in again. Confirm their number.',
      requestId: '5dd077a0-5041-44de-98ab-709ef1cdd2be',
      repair: { text: 'Confirm it', url: 'https://anyforge.example/git-providers/7' },
      fields: [{ path: 'config.baseUrl', message: 'is another address' }],
      retryAt: new Date('2026-11-21T10:05:00Z'),
      count: 3,
    });
  });

  it('has no fields where the problem is about none', async () => {
    const error = await readProblem(problem(404, 'not_found'), now);
    expect(error.fields).toEqual([]);
  });

  it('tells when to ask again by a header in seconds', async () => {
    const error = await readProblem(problem(503, 'starting', {}, { 'retry-after': '5' }), now);
    expect(error.retryAt).toEqual(new Date('2026-11-21T10:00:05Z'));
  });

  it('tells when to ask again by a header with a date', async () => {
    const error = await readProblem(
      problem(429, 'rate_limited', {}, { 'retry-after': 'Sat, 21 Nov 2026 11:00:00 GMT' }),
      now,
    );
    expect(error.retryAt).toEqual(new Date('2026-11-21T11:00:00Z'));
  });

  it('believes the problem rather than the header, which has no milliseconds', async () => {
    const error = await readProblem(
      problem(429, 'rate_limited', { retryAt: '2026-11-21T10:00:09.500Z' }, { 'retry-after': '10' }),
      now,
    );
    expect(error.retryAt).toEqual(new Date('2026-11-21T10:00:09.500Z'));
  });

  it('leaves out what has another shape than it should', async () => {
    const error = await readProblem(
      problem(422, 'invalid_input', {
        repair: 'Do something',
        fields: [null, { path: 7, message: 'x' }, { path: 'name', message: 'is taken' }],
        retryAt: 'soon',
        count: '3',
      }),
      now,
    );
    expect(error).toMatchObject({
      repair: undefined,
      fields: [{ path: 'name', message: 'is taken' }],
      retryAt: undefined,
      count: undefined,
    });
  });

  it('says of the page of a proxy that it is not an answer of anyforge', async () => {
    const error = await readProblem(badGateway(), now);
    expect(error).toMatchObject({ status: 502, code: 'unexpected_answer', fields: [] });
    expect(error.message).toBe(
      'The address answered 502 Bad Gateway (text/html), which is not an answer of anyforge. The server may be starting, or a proxy in front of it cannot reach it: try again in a moment.',
    );
  });

  it('says of JSON that is no problem document that it is not an answer of anyforge', async () => {
    const error = await readProblem(json({ message: 'no Route matched' }, { status: 404 }), now);
    expect(error.code).toBe('unexpected_answer');
    expect(error.message).toContain('Check the address');
  });

  it('does not fail on a body that is cut', async () => {
    const cut = new Response('{"status":50', {
      status: 500,
      headers: { 'content-type': 'application/problem+json' },
    });
    expect((await readProblem(cut, now)).code).toBe('unexpected_answer');
  });
});
