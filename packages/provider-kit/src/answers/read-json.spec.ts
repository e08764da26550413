import { describe, expect, it } from '@jest/globals';
import { readJson } from './read-json.js';

describe('reading a body as JSON', () => {
  it('gives what is there', async () => {
    expect(await readJson(new Response('{"id":1}'))).toEqual({ id: 1 });
  });

  it.each(['', '<!DOCTYPE html>', '{"id":'])('gives nothing for %j', async (body) => {
    expect(await readJson(new Response(body))).toBeUndefined();
  });

  it.each([
    ['ASCII', 'a'],
    ['other letters', 'Größe, Maße und 数量 🚀'],
  ])('gives what is there in a large one, of %s', async (_, letters) => {
    const value = [letters.repeat(50_000)];
    expect(await readJson(new Response(`\ufeff${JSON.stringify(value)}`))).toEqual(value);
  });

  it('takes what is no text in a large one for unknown letters', async () => {
    const body = Buffer.concat([Buffer.from('["'), Buffer.alloc(100_000, 0xff), Buffer.from('"]')]);
    expect(await readJson(new Response(body))).toEqual(['\ufffd'.repeat(100_000)]);
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
