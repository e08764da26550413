import { describe, expect, it } from '@jest/globals';
import { toPermission, toRepository } from './map.js';
import { repositoryWire } from './wire.js';

/** The shape of https://docs.github.com/rest/repos/repos#list-repositories-for-the-authenticated-user */
const wire = {
  id: 1296269,
  name: 'api',
  full_name: 'acme/api',
  owner: { id: 7, login: 'acme' },
  description: null,
  private: true,
  visibility: 'internal',
  html_url: 'https://github.com/acme/api',
  clone_url: 'https://github.com/acme/api.git',
  ssh_url: 'git@github.com:acme/api.git',
  default_branch: 'main',
  archived: false,
  fork: false,
  updated_at: '2026-01-02T00:00:00Z',
  pushed_at: '2026-03-04T00:00:00Z',
  permissions: { admin: false, maintain: false, push: true, triage: true, pull: true },
  something_new: { nested: [null] },
};
const map = (changes: object) => toRepository(repositoryWire.parse({ ...wire, ...changes }));

describe('a repository of GitHub', () => {
  it('becomes one of the model', () => {
    expect(map({})).toEqual({
      id: '1296269',
      path: 'acme/api',
      name: 'api',
      namespace: 'acme',
      description: undefined,
      webUrl: 'https://github.com/acme/api',
      httpsCloneUrl: 'https://github.com/acme/api.git',
      sshCloneUrl: 'git@github.com:acme/api.git',
      defaultBranch: 'main',
      visibility: 'internal',
      archived: false,
      fork: false,
      updatedAt: new Date('2026-03-04T00:00:00Z'),
      permission: { level: 'write', native: 'push' },
    });
  });

  it('is refused when no number can hold its id exactly', () => {
    expect(() => map({ id: 2 ** 53 })).toThrow();
    expect(map({ id: 2 ** 53 - 1 }).id).toBe('9007199254740991');
  });

  it('does without what GitHub may leave out', () => {
    const sparse = map({
      visibility: undefined,
      clone_url: undefined,
      ssh_url: null,
      updated_at: null,
      pushed_at: undefined,
      permissions: undefined,
    });
    expect(sparse).toMatchObject({
      visibility: 'private',
      httpsCloneUrl: 'https://github.com/acme/api.git',
      updatedAt: undefined,
      permission: { level: 'unknown' },
    });
    expect(sparse.sshCloneUrl).toBeUndefined();
    expect(map({ visibility: 'secret-new-kind', private: false }).visibility).toBe('public');
  });
});

describe('a permission of GitHub', () => {
  it.each([
    [{ admin: true, maintain: true, push: true, triage: true, pull: true }, 'admin', 'admin'],
    [{ admin: false, maintain: true, push: true, triage: true, pull: true }, 'maintain', 'maintain'],
    [{ admin: false, maintain: false, push: true, triage: true, pull: true }, 'write', 'push'],
    [{ admin: false, push: true, pull: true }, 'write', 'push'],
    [{ admin: false, maintain: false, push: false, triage: true, pull: true }, 'triage', 'triage'],
    [{ admin: false, push: false, pull: true }, 'read', 'pull'],
  ] as const)('%j is %s', (roles, level, native) => {
    expect(toPermission(roles, undefined)).toEqual({ level, native });
  });

  it('of a custom role has the level of its base role and keeps its name', () => {
    const roles = { admin: false, maintain: false, push: true, triage: true, pull: true };
    expect(toPermission(roles, 'release manager')).toEqual({ level: 'write', native: 'release manager' });
  });

  it('has one word for each role, whichever of its two names GitHub uses', () => {
    expect(toPermission({ admin: false, push: true, pull: true }, 'write')).toEqual({
      level: 'write',
      native: 'push',
    });
  });

  it.each([undefined, null, {}, { admin: false, push: false, pull: false }])(
    'that GitHub does not tell (%j) is unknown, with the reason',
    (roles) => {
      expect(toPermission(roles, 'release manager')).toEqual({
        level: 'unknown',
        native: 'release manager',
        reason: 'GitHub did not tell the permission for this credential.',
      });
    },
  );
});
