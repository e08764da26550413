import { describe, expect, it } from '@jest/globals';
import { parseGitAddress } from './git-address.js';

const kelvin = '\u212A';

describe('an address that git sends', () => {
  it.each([
    ['https', 'github.com', 'https://github.com'],
    ['https', 'GitHub.COM', 'https://github.com'],
    ['https', 'github.com:443', 'https://github.com'],
    ['https', 'git.example.com:8443', 'https://git.example.com:8443'],
    ['https', 'xn--bcher-kva.example', 'https://xn--bcher-kva.example'],
    ['https', 'my_forge', 'https://my_forge'],
    ['https', '[2001:db8::1]:8443', 'https://[2001:db8::1]:8443'],
    ['https', '[2001:DB8::1]', 'https://[2001:db8::1]'],
    ['http', 'localhost:3000', 'http://localhost:3000'],
    ['http', 'localhost:80', 'http://localhost'],
    ['http', '127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['http', '127.1.2.3', 'http://127.1.2.3'],
    ['http', '[::1]:3000', 'http://[::1]:3000'],
  ])('has one form: %s %s is %s', (protocol, host, origin) => {
    expect(parseGitAddress({ protocol, host })).toEqual({ origin, segments: undefined });
  });

  it.each([
    ['a user name', 'github.com@evil.example'],
    ['a user name and password', 'ada:secret@github.com'],
    ['a dot at the end', 'github.com.'],
    ['a dot at the beginning', '.github.com'],
    ['two dots', 'github..com'],
    ['an encoded dot', 'github%2ecom'],
    ['an encoded slash', 'github.com%2f@evil.example'],
    ['a path', 'github.com/acme'],
    ['a backslash', 'github.com\\@evil.example'],
    ['a query', 'github.com?evil.example'],
    ['a fragment', 'github.com#evil.example'],
    ['a scheme', 'https://github.com'],
    ['a letter that folds like another', `${kelvin}ernel.example`],
    ['a full-width letter', 'ｇithub.com'],
    ['a full-width dot', 'github．com'],
    ['a soft hyphen', 'git\u00ADhub.com'],
    ['letters of another alphabet', 'gіthub.com'],
    ['a space', 'github.com evil.example'],
    ['a tab', 'git\thub.com'],
    ['a line end', 'github.com\nhost=evil.example'],
    ['a NUL', 'github.com\u0000.evil.example'],
    ['nothing', ''],
    ['only a port', ':443'],
    ['an empty port', 'github.com:'],
    ['port 0', 'github.com:0'],
    ['a port with a zero before it', 'github.com:0443'],
    ['a port with a sign', 'github.com:+443'],
    ['a port that there is not', 'github.com:65979'],
    ['two ports', 'github.com:443:443'],
    ['a number for an address', '2130706433'],
    ['a hexadecimal address', '0x7f.0.0.1'],
    ['an octal address', '0177.0.0.1'],
    ['a short address', '127.1'],
    ['a long IPv6 address', '[0:0:0:0:0:0:0:1]'],
    ['an IPv6 address with a zone', '[fe80::1%25eth0]'],
    ['an IPv4 address written as IPv6', '[::ffff:127.0.0.1]'],
    ['an IPv6 address without brackets', '::1'],
  ])('is refused when its host has %s', (_, host) => {
    expect(() => parseGitAddress({ protocol: 'https', host })).toThrow(
      expect.objectContaining({ kind: 'invalid_input', issues: [expect.objectContaining({ path: 'host' })] }),
    );
  });

  it.each([
    ['http', 'github.com'],
    ['http', '10.0.0.1'],
    ['http', '0.0.0.0'],
    ['http', '128.0.0.1'],
    ['http', 'localhost.evil.example'],
    ['http', '127.0.0.1.evil.example'],
    ['http', 'evil-localhost'],
    ['http', '[::2]'],
    ['ssh', 'github.com'],
    ['git', 'github.com'],
    ['file', 'localhost'],
    ['HTTPS', 'github.com'],
    ['https ', 'github.com'],
    ['', 'github.com'],
  ])('is refused when a credential could be read on the way: %j %s', (protocol, host) => {
    expect(() => parseGitAddress({ protocol, host })).toThrow(
      expect.objectContaining({
        kind: 'invalid_input',
        issues: [expect.objectContaining({ path: 'protocol' })],
      }),
    );
  });

  it.each([
    [undefined, undefined],
    ['', undefined],
    ['/', undefined],
    ['acme/api.git', ['acme', 'api.git']],
    ['/acme/api.git/', ['acme', 'api.git']],
    ['scm/~ada/My-Repo_1.2', ['scm', '~ada', 'My-Repo_1.2']],
    ['acme/...', ['acme', '...']],
  ])('has the segments of its path as git sends it: %j', (path, segments) => {
    expect(parseGitAddress({ protocol: 'https', host: 'h', path }).segments).toEqual(segments);
  });

  it.each([
    'acme/../evil/api.git',
    '../evil',
    'acme/.',
    'acme/./api',
    'acme//api',
    'acme/%2e%2e/evil',
    'acme%2fapi',
    'acme\\..\\evil',
    'acme/api?x',
    'acme/api#x',
    'acme/a b',
    'acme/api\nusername=evil',
    'acme/\u0000',
    'acme/ａpi',
    'acme/\u2025/api',
    `${'a/'.repeat(51)}b`,
    'a'.repeat(2049),
  ])('is refused when its path can be read in two ways: %j', (path) => {
    expect(() => parseGitAddress({ protocol: 'https', host: 'h', path })).toThrow(
      expect.objectContaining({ kind: 'invalid_input', issues: [expect.objectContaining({ path: 'path' })] }),
    );
  });
});
