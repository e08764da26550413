import { describe, expect, it } from '@jest/globals';
import { readProxy } from './proxy-settings.js';

const url = 'http://proxy.example:3128';

describe('the address of a proxy', () => {
  it.each(['proxy.example:3128', 'socks5://proxy.example', '', 'http://'])(
    'that is none is refused and not shown: %s',
    (text) => {
      expect(() => readProxy({ url: text })).toThrow(TypeError);
      expect(() => readProxy({ url: `ftp://ada:hush@${text}` })).not.toThrow('hush');
    },
  );

  it('gives its origin, and its credentials apart', () => {
    expect(readProxy({ url: 'https://ada:pass@proxy.example/' })).toMatchObject({
      origin: 'https://proxy.example',
      authorization: `Basic ${Buffer.from('ada:pass').toString('base64')}`,
    });
    expect(readProxy({ url })).toMatchObject({ origin: url, authorization: undefined });
  });
});

describe('an exception', () => {
  it.each<[rule: string, host: string, port: number, skips: boolean]>([
    ['*', 'github.com', 443, true],
    ['corp.example', 'corp.example', 443, true],
    ['corp.example', 'git.corp.example', 443, true],
    ['corp.example', 'notcorp.example', 443, false],
    ['.corp.example', 'corp.example', 443, true],
    ['*.corp.example', 'git.corp.example', 443, true],
    [' CORP.example ', 'git.corp.example', 443, true],
    ['corp.example:8443', 'git.corp.example', 8443, true],
    ['corp.example:8443', 'git.corp.example', 443, false],
    ['', 'corp.example', 443, false],
    ['10.0.0.7', '10.0.0.7', 443, true],
    ['10.0.0.7:80', '10.0.0.7', 443, false],
    ['10.0.0.0/8', '10.200.0.7', 443, true],
    ['10.0.0.0/8', '11.0.0.7', 443, false],
    ['10.0.0.0/8', '::ffff:10.0.0.7', 443, true],
    ['10.0.0.0/8', 'fd00::1', 443, false],
    ['fd00::/8', 'fd00::1', 443, true],
    ['fd00::1', 'fd00:0::1', 443, true],
    ['[fd00::1]:8080', 'fd00::1', 8080, true],
    ['[fd00::1]:8080', 'fd00::1', 443, false],
    ['10.0.0.0/8', 'ten.example', 443, false],
    ['corp.example', '10.0.0.7', 443, false],
  ])('%j for %s at port %i: %s', (rule, host, port, skips) => {
    expect(readProxy({ url, noProxy: [rule] }).skips({ host, port })).toBe(skips);
  });

  it('needs not be there', () => {
    expect(readProxy({ url }).skips({ host: 'localhost', port: 80 })).toBe(false);
  });
});
