import { describe, expect, it } from '@jest/globals';
import { readJson } from './read-json.js';

describe('reading a body as JSON', () => {
  it('gives what is there', async () => {
    expect(await readJson(new Response('{"id":1}'))).toEqual({ id: 1 });
  });

  it.each(['', '<!DOCTYPE html>', '{"id":'])('gives nothing for %j', async (body) => {
    expect(await readJson(new Response(body))).toBeUndefined();
  });

  it('throws what cuts the body short, rather than take it for something else', async () => {
    const cut = new Error('reset');
    const body = new ReadableStream({
      start: (controller) => {
        controller.error(cut);
      },
    });
    await expect(readJson(new Response(body))).rejects.toBe(cut);
  });
});
