import { describe, expect, it } from '@jest/globals';
import { Canaries } from './canaries.js';
import { Searcher } from './searcher.js';

const secret = 'päss wörd "with" all+sorts/of=things';

function findsIn(text: string | Buffer, label = 'a place'): readonly string[] {
  const canaries = new Canaries();
  canaries.plant('a secret', secret, 'the answer');
  const searcher = new Searcher(canaries.all);
  return searcher.search({ kind: 'test', label, bytes: Buffer.from(text) }).map(({ form }) => form);
}

describe('the search for secrets', () => {
  it.each([
    ['as it is', secret],
    ['within a line', `{"level":30,"msg":"Bearer ${secret}, and more"}`],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in URL-safe base64', Buffer.from(secret).toString('base64url')],
    ['after a user name in base64', Buffer.from(`x:${secret}`).toString('base64')],
    ['after a longer user name in base64', Buffer.from(`ada:${secret}:more`).toString('base64')],
    ['after yet another in base64', Buffer.from(`oauth2:${secret}`).toString('base64url')],
    ['URL-encoded', encodeURIComponent(secret)],
    ['URL-encoded in lower case', encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase())],
    ['in a form', new URLSearchParams({ password: secret }).toString()],
    ['in hex', Buffer.from(secret).toString('hex')],
    ['in upper-case hex', Buffer.from(secret).toString('hex').toUpperCase()],
    ['in JSON', JSON.stringify({ secret })],
    ['among other bytes', Buffer.concat([Buffer.alloc(4099, 255), Buffer.from(secret), Buffer.alloc(9)])],
  ])('finds one %s', (_, text) => {
    expect(findsIn(text).length).toBeGreaterThan(0);
  });

  it.each(['', 'abc', secret.slice(1), secret.slice(0, -1), secret.toUpperCase()])(
    'does not find what is not there: %j',
    (text) => {
      expect(findsIn(text)).toEqual([]);
    },
  );

  it('lets the one answer pass that shows it by design, and no other', () => {
    expect(findsIn(secret, 'the answer')).toEqual([]);
    expect(findsIn(secret, 'another answer')).toEqual(['plain']);
  });

  it('finds an invented one however often it was escaped', () => {
    const canaries = new Canaries();
    const invented = canaries.invent('a secret');
    const text = encodeURIComponent(JSON.stringify(JSON.stringify(JSON.stringify({ invented }))));
    const evidence = { kind: 'test', label: 'a place', bytes: Buffer.from(text) };
    expect(new Searcher(canaries.all).search(evidence)).not.toEqual([]);
  });

  it('takes no secret that would be found by chance', () => {
    expect(() => new Canaries().plant('a word', 'short')).toThrow('too short');
  });
});
