import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { resolveContext } from '../context.js';
import { createFakeClock } from '../testing/fake-clock.js';
import { failureOf, rest, setUp, token, user } from './transport.fixture.js';

/** A body that sends its chunks as they are pulled and then ends, fails or goes silent. */
function bodyOf(chunks: readonly string[], end: 'end' | 'silence' | Error) {
  const seen = { cancelled: false };
  const left = [...chunks];
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = left.shift();
      if (chunk !== undefined) controller.enqueue(new TextEncoder().encode(chunk));
      else if (end === 'end') controller.close();
      else if (end !== 'silence') controller.error(end);
      else return new Promise(() => undefined);
      return undefined;
    },
    cancel() {
      seen.cancelled = true;
    },
  });
  return { stream, seen };
}

describe('one exchange with the forge', () => {
  it('gives up waiting for an answer after 30 seconds', async () => {
    const { fetch, requests, clock } = setUp(['hang'], { retries: { failures: 0 } });
    const answer = fetch(user);
    answer.catch(() => undefined);
    await clock.advance(29_999);
    expect(requests[0]?.signal.aborted).toBe(false);
    await clock.advance(1);
    const failure = await failureOf(answer);
    expect(failure.kind).toBe('timeout');
    expect(failure.message).toContain('api.github.com did not answer for 30 seconds');
    expect(requests[0]?.signal.aborted).toBe(true);
  });

  it('gives up on a body that has gone silent, and frees the socket', async () => {
    const { stream, seen } = bodyOf(['{"id":'], 'silence');
    const { fetch, clock } = setUp([new Response(stream)], { retries: { failures: 0 } });
    const failure = await failureOf(clock.run(fetch(user)));
    expect(failure.kind).toBe('timeout');
    expect(seen.cancelled).toBe(true);
  });

  it('is patient with a slow body as long as something comes', async () => {
    const clocked = setUp(() => {
      let sent = 0;
      const stream = new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            await clocked.clock.sleep(29_000);
            sent += 1;
            if (sent === 4) controller.close();
            else controller.enqueue(new TextEncoder().encode(String(sent)));
          },
        },
        { highWaterMark: 0 },
      );
      return new Response(stream);
    });
    const response = await clocked.clock.run(clocked.fetch(user));
    expect(await response.text()).toBe('123');
  });

  it('leaves no timer behind', async () => {
    const { fetch, clock } = setUp([{ body: {} }]);
    await fetch(user);
    expect(clock.sleeps).toEqual([]);
  });

  it('stops reading a body that is over the cap, which is no failure to retry', async () => {
    const { stream, seen } = bodyOf(['12345', '67890', '1'], 'silence');
    const { fetch, requests } = setUp([new Response(stream)], { maxBodyBytes: 10 });
    const failure = await failureOf(fetch(user));
    expect(failure.kind).toBe('invalid_response');
    expect(failure.message).toContain('larger than 10 bytes');
    expect(seen.cancelled).toBe(true);
    expect(requests).toHaveLength(1);
  });

  it('takes a body exactly at the cap', async () => {
    const { stream } = bodyOf(['12345', '67890'], 'end');
    const { fetch } = setUp([new Response(stream)], { maxBodyBytes: 10 });
    expect(await (await fetch(user)).text()).toBe('1234567890');
  });

  it('takes a body that breaks off for a failed answer', async () => {
    const { stream } = bodyOf(['{"id":'], Object.assign(new Error('terminated'), { code: 'UND_ERR_SOCKET' }));
    const { fetch } = setUp([new Response(stream)], { retries: { failures: 0 } });
    const failure = await failureOf(fetch(user));
    expect(failure.kind).toBe('network');
    expect(failure.message).toContain('before its answer was complete');
  });

  it('cancels the body when the call is aborted while reading', async () => {
    const { stream, seen } = bodyOf(['{"id":'], 'silence');
    const { transport, clock } = setUp([new Response(stream)]);
    const controller = new AbortController();
    const answer = transport.fetch({ signal: controller.signal })(user);
    answer.catch(() => undefined);
    await clock.advance(1_000);
    controller.abort('enough');
    await expect(answer).rejects.toBe('enough');
    await clock.advance(0);
    expect(seen.cancelled).toBe(true);
  });

  it.each([
    ['ENOTFOUND', 'network', 'The name api.github.com is not known.'],
    ['ECONNREFUSED', 'network', 'api.github.com refused the connection.'],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout', 'api.github.com did not answer in time.'],
    ['CERT_HAS_EXPIRED', 'network', 'The certificate of api.github.com is not valid at this time.'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'network', 'The certificate of api.github.com is for another name.'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'network', 'api.github.com does not speak HTTPS at that port.'],
    ['ANYFORGE_BLOCKED_ADDRESS', 'blocked_address', 'api.github.com is at a private or loopback address'],
    [
      'ANYFORGE_FORBIDDEN_ADDRESS',
      'blocked_address',
      'api.github.com is at a link-local or reserved address, which is never connected to.',
    ],
    ['HPE_INVALID_CONSTANT', 'invalid_response', 'api.github.com answered something that is not HTTP'],
    ['ESOMETHING', 'network', 'api.github.com could not be reached.'],
  ])('says in words what %s means, and what to check', async (code, kind, words) => {
    const cause = new AggregateError([Object.assign(new Error(`Bearer ${token}`), { code })]);
    const { fetch } = setUp([new TypeError(`failed with ${token}`, { cause })], { retries: { failures: 0 } });
    const failure = await failureOf(fetch(user));
    expect(failure.kind).toBe(kind);
    expect(failure.message).toContain(words);
    expect(failure.details.repair?.text).toMatch(/Check|Use|Have|Renew/);
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain(token);
  });

  it.each([
    [{ code: 'ENOTFOUND' }, false],
    [{ code: 'UND_ERR_CONNECT_TIMEOUT' }, false],
    [{ code: 'CERT_HAS_EXPIRED' }, false],
    [{ code: 'ETIMEDOUT', syscall: 'connect' }, false],
    [{ code: 'ETIMEDOUT', syscall: 'read' }, undefined],
    [{ code: 'ECONNRESET' }, undefined],
    [{ code: 'UND_ERR_HEADERS_TIMEOUT' }, undefined],
    [{ code: 'ESOMETHING' }, undefined],
  ])(
    'tells of %j whether the request has certainly not reached the forge: %s',
    async (properties, reached) => {
      const cause = new AggregateError([Object.assign(new Error('failed'), properties)]);
      const { fetch } = setUp([new TypeError('fetch failed', { cause })], { retries: { failures: 0 } });
      expect((await failureOf(fetch(user))).details.reached).toBe(reached);
    },
  );

  it('takes the timeout of a fetch of somebody else for one', async () => {
    const timedOut = new DOMException('signal timed out', 'TimeoutError');
    const broken = new TypeError('fetch failed', { cause: timedOut });
    const { fetch } = setUp([broken], { retries: { failures: 0 } });
    expect((await failureOf(fetch(user))).kind).toBe('timeout');
  });

  it('cancels the body of an answer that comes after the call was aborted', async () => {
    const { stream, seen } = bodyOf(['late'], 'silence');
    let answer: (response: Response) => void = () => undefined;
    const heedless = (): Promise<Response> => new Promise((resolve) => (answer = resolve));
    const clock = createFakeClock();
    const { transport } = setUp([], { context: resolveContext({ fetch: heedless, clock }) });
    const controller = new AbortController();
    const call = transport.fetch({ signal: controller.signal })(user);
    call.catch(() => undefined);
    await rest();
    controller.abort('enough');
    await expect(call).rejects.toBe('enough');
    answer(new Response(stream));
    await rest();
    expect(seen.cancelled).toBe(true);
  });

  it('takes a body of megabytes where no cap is set', async () => {
    const { fetch } = setUp([{ body: 'x'.repeat(32 * 1024 * 1024) }]);
    expect((await (await fetch(user)).arrayBuffer()).byteLength).toBe(32 * 1024 * 1024);
    const over = setUp([{ body: 'x'.repeat(32 * 1024 * 1024 + 1) }]);
    expect((await failureOf(over.fetch(user))).kind).toBe('invalid_response');
  });

  it('tells that an endpoint is about to go away', async () => {
    const sunset = 'Wed, 10 Mar 2027 00:00:00 GMT';
    const { fetch, events } = setUp([{ headers: { deprecation: 'true', sunset }, body: {} }]);
    await fetch(`${user}?page=2`);
    expect(events).toContainEqual({ kind: 'deprecated', endpoint: 'GET /user', sunset: new Date(sunset) });
  });
});
