import { describe, expect, it } from '@jest/globals';
import { createScriptedFetch } from '@anyforge/provider-kit/testing';
import { turns } from './stage-clock.js';
import { Wire } from './wire.js';

const url = 'https://forge.example/';

describe('the wire of a stage', () => {
  it('notes what is sent, and is busy until the answer is there whole', async () => {
    const { fetch } = createScriptedFetch([{ status: 201, headers: { etag: '"a"' }, body: 'text' }]);
    const wire = new Wire(fetch);
    let news = 0;
    wire.onNews = () => {
      news += 1;
    };
    const answer = wire.fetch(url, { method: 'POST', body: 'x=1' });
    expect(wire.isBusy).toBe(true);
    const response = await answer;
    expect(wire.isBusy).toBe(false);
    expect([response.status, response.headers.get('etag'), await response.text()]).toEqual([
      201,
      '"a"',
      'text',
    ]);
    expect(wire.sent).toMatchObject([{ method: 'POST', url, body: 'x=1' }]);
    expect(news).toBe(2);
  });

  it('passes on how an answer breaks off', async () => {
    const body = new ReadableStream({
      pull(controller) {
        controller.error(new TypeError('terminated'));
      },
    });
    const { fetch } = createScriptedFetch(() => new Response(body));
    const response = await new Wire(fetch).fetch(url);
    await expect(response.text()).rejects.toThrow('terminated');
  });

  it.each(['headers', 'body'] as const)(
    'holds back the %s of what is stalled until its signal aborts',
    async (at) => {
      const wire = new Wire(createScriptedFetch(() => ({ body: 'text' })).fetch);
      const stall = wire.stall(() => true, at);
      const controller = new AbortController();
      const read = wire.fetch(url, { signal: controller.signal }).then((response) => response.text());
      await stall.met();
      await turns(20);
      expect([stall.hits, stall.holding, wire.isBusy]).toEqual([1, 1, false]);
      controller.abort('enough');
      await expect(read).rejects.toBe('enough');
      expect([stall.hits, stall.holding]).toEqual([1, 0]);
      wire.clearStalls();
      expect(await (await wire.fetch(url)).text()).toBe('text');
    },
  );

  it('hands answers on from the last to the first when they are to be reversed', async () => {
    const wire = new Wire(createScriptedFetch(() => ({ body: 'text' })).fetch);
    wire.reverseAnswers();
    const order: number[] = [];
    await Promise.all(
      [1, 2, 3].map(async (number) => {
        await wire.fetch(`${url}${number}`);
        order.push(number);
      }),
    );
    expect(order).toEqual([3, 2, 1]);
  });
});
