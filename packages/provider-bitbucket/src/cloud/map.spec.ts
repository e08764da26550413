import { describe, expect, it } from '@jest/globals';
import { toAccount, toPermission, toRepository } from './map.js';
import { repositoryWire } from './wire.js';

/** The least that Bitbucket documents as there, with what anyforge cannot do without. */
const bare = repositoryWire.parse({ uuid: '{r}', full_name: 'acme/api', is_private: false, is_new: 1 });

describe('a repository', () => {
  it('gets along with what may be missing', () => {
    expect(toRepository(bare, 'https://bitbucket.org', toPermission('read'))).toEqual({
      id: '{r}',
      path: 'acme/api',
      name: 'api',
      namespace: 'acme',
      description: undefined,
      webUrl: 'https://bitbucket.org/acme/api',
      httpsCloneUrl: 'https://bitbucket.org/acme/api.git',
      sshCloneUrl: undefined,
      defaultBranch: undefined,
      visibility: 'public',
      archived: false,
      fork: false,
      updatedAt: undefined,
      permission: { level: 'read', native: 'read' },
    });
  });

  it.each([
    ['https://ada@bitbucket.org/acme/api.git', 'https://bitbucket.org/acme/api.git'],
    ['https://ada:secret@bitbucket.org/acme/api.git', 'https://bitbucket.org/acme/api.git'],
    ['no address', 'https://bitbucket.org/acme/api.git'],
  ])('is cloned from %s without whoever asked', (href, expected) => {
    const wire = { ...bare, links: { html: null, clone: [{ name: 'https', href }] } };
    expect(toRepository(wire, 'https://bitbucket.org', toPermission('read')).httpsCloneUrl).toBe(expected);
  });

  it('was changed when Bitbucket says, or nobody knows when', () => {
    const updatedAt = (updated_on: string | null) =>
      toRepository({ ...bare, updated_on }, 'https://bitbucket.org', toPermission('read')).updatedAt;
    expect(updatedAt('2026-01-01T00:00:05.123456+00:00')).toEqual(new Date('2026-01-01T00:00:05.123Z'));
    expect(updatedAt('yesterday')).toBeUndefined();
    expect(updatedAt(null)).toBeUndefined();
  });
});

describe('an account', () => {
  it.each([
    [{ username: 'ada', nickname: 'Ada', display_name: 'Ada L.' }, 'ada'],
    [{ nickname: 'Ada', display_name: 'Ada L.' }, 'Ada'],
    [{ display_name: 'Ada L.' }, 'Ada L.'],
    [{ username: null }, '{u}'],
  ])('%j is called %s', (names, expected) => {
    expect(toAccount({ uuid: '{u}', ...names }).username).toBe(expected);
  });

  it('that is an application is a bot', () => {
    expect(toAccount({ uuid: '{u}', type: 'app_user' }).kind).toBe('bot');
  });
});
