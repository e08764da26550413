import { describe, expect, it } from '@jest/globals';
import { configuredLink, forgeLink, repairLink, sshAddress } from './forge-links.js';

const link = forgeLink({
  webUrl: 'https://git.example.com/forge',
  gitUrls: ['https://clone.example.com:8443/scm/'],
});

describe('a link that a forge has sent', () => {
  it.each([
    ['https://git.example.com/forge/acme/api', 'https://git.example.com/forge/acme/api'],
    ['https://GIT.example.com:443/acme?tab=1#x', 'https://git.example.com/acme?tab=1#x'],
    ['https://clone.example.com:8443/scm/acme/api.git', 'https://clone.example.com:8443/scm/acme/api.git'],
  ])('is shown when it leads to the forge: %s', (url, shown) => {
    expect(link(url)).toBe(shown);
  });

  it.each([
    'http://git.example.com/acme',
    'https://git.example.com:8443/acme',
    'https://clone.example.com/acme',
    'https://evil.example/acme',
    'https://git.example.com.evil.example/acme',
    'https://git.example.com@evil.example/acme',
    'https://ada@git.example.com/acme',
    'https://ada:secret@git.example.com/acme',
    '//evil.example/acme',
    '/acme/api',
    'javascript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,x',
    'blob:https://git.example.com/x',
    'https://secure.gravatar.com/avatar/1',
    'https:\\\\evil.example',
    '',
    undefined,
    null,
  ])('is dropped when it leads elsewhere: %j', (url) => {
    expect(link(url)).toBeUndefined();
  });

  it('may be of a forge that is configured without https', () => {
    const plain = forgeLink({ webUrl: 'http://127.0.0.1:3000', gitUrls: ['http://127.0.0.1:3000/'] });
    expect(plain('http://127.0.0.1:3000/acme')).toBe('http://127.0.0.1:3000/acme');
    expect(plain('https://127.0.0.1:3000/acme')).toBeUndefined();
  });
});

describe('a link of a git provider that is configured', () => {
  it('leads to one of the addresses in its settings', () => {
    const config = JSON.stringify({
      baseUrl: 'https://git.example.com/forge/',
      apiUrl: 'https://api.example.com/v3',
      oauth: { clientId: 'https' },
    });
    const configured = configuredLink({ config });
    expect(configured('https://git.example.com/acme')).toBe('https://git.example.com/acme');
    expect(configured('https://api.example.com/picture.png')).toBe('https://api.example.com/picture.png');
    expect(configured('https://avatars.example.com/picture.png')).toBeUndefined();
  });
});

describe('an address to clone from over SSH', () => {
  it.each([
    'git@github.com:acme/api.git',
    'ssh://git@git.example.com:7999/~ada/my-repo_1.git',
    'ssh://git.example.com/acme/api.git',
  ])('is shown: %s', (address) => {
    expect(sshAddress(address)).toBe(address);
  });

  it.each([
    'ssh://-oProxyCommand=evil/acme',
    '-oProxyCommand=evil:acme',
    'git@-oProxyCommand:acme',
    'git@github.com:acme/api.git; evil',
    'git@github.com:acme/$(evil)',
    'git@github.com:acme/`evil`',
    "git@github.com:acme/'evil",
    'ext::sh -c evil',
    'file:///etc/passwd',
    'https://github.com/acme/api.git',
    'git@github.com:acme\nevil',
    '',
    undefined,
    null,
  ])('is dropped when it is more than that: %j', (address) => {
    expect(sshAddress(address)).toBeUndefined();
  });
});

describe('a link that tells where to repair something', () => {
  it.each(['https://docs.vendor.example/sso#how', 'http://git.lan/users/sign_in'])(
    'may lead anywhere: %s',
    (url) => {
      expect(repairLink(url)).toBe(url);
    },
  );

  it.each([
    'https://ada@git.example.com/sso',
    'https://:secret@git.example.com/sso',
    'javascript:alert(1)',
    'blob:https://git.example.com/x',
    '/sso',
    '',
    undefined,
  ])('is dropped when it is no plain web address: %j', (url) => {
    expect(repairLink(url)).toBeUndefined();
  });
});
