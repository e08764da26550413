import { describe, expect, it } from '@jest/globals';
import { highest, toOrganization, toPermission, toRepository } from './map.js';
import { organizationWire, repositoryWire } from './wire.js';

/** A private repository of an organization, as version 1.26 shows it, shortened. */
const row = {
  id: 148,
  owner: { id: 26, login: 'acme', full_name: '', email: '', visibility: 'public', username: 'acme' },
  name: 'api',
  full_name: 'acme/api',
  description: '',
  empty: false,
  private: true,
  fork: false,
  mirror: false,
  html_url: 'https://git.example/acme/api',
  ssh_url: 'git@git.example:acme/api.git',
  clone_url: 'https://git.example/acme/api.git',
  default_branch: 'main',
  archived: false,
  updated_at: '2026-11-21T05:11:41Z',
  permissions: { admin: false, push: false, pull: true },
  internal: false,
};
const repository = (more: object = {}) => toRepository(repositoryWire.parse({ ...row, ...more }));

describe('a repository', () => {
  it('is made of what Gitea tells, and of less', () => {
    expect(repository()).toEqual({
      id: '148',
      path: 'acme/api',
      name: 'api',
      namespace: 'acme',
      webUrl: 'https://git.example/acme/api',
      httpsCloneUrl: 'https://git.example/acme/api.git',
      sshCloneUrl: 'git@git.example:acme/api.git',
      defaultBranch: 'main',
      visibility: 'private',
      archived: false,
      fork: false,
      updatedAt: new Date('2026-11-21T05:11:41Z'),
      permission: { level: 'read', native: 'read' },
    });
    const less = repository({ clone_url: null, ssh_url: undefined, updated_at: 'soon', private: undefined });
    expect(less).toMatchObject({ visibility: 'private', httpsCloneUrl: row.clone_url });
    expect([less.sshCloneUrl, less.updatedAt]).toEqual([undefined, undefined]);
  });

  it('has no default branch while it is empty', () => {
    expect(repository({ empty: true }).defaultBranch).toBeUndefined();
  });

  it.each([
    [{ private: true, internal: false }, 'public', 'private'],
    [{ private: false, internal: false }, 'public', 'public'],
    [{ private: false, internal: false }, 'limited', 'internal'],
    [{ private: false, internal: true }, 'private', 'internal'],
    [{ private: false, internal: false }, undefined, 'public'],
  ])('that is %j, of an owner who is %s, is %s', (more, visibility, expected) => {
    expect(repository({ ...more, owner: { ...row.owner, visibility } }).visibility).toBe(expected);
  });

  it.each([
    [
      { admin: true, push: true, pull: true },
      { level: 'admin', native: 'admin' },
    ],
    [
      { admin: false, push: true, pull: true },
      { level: 'write', native: 'write' },
    ],
    [
      { admin: false, push: false, pull: false },
      { level: 'none', native: 'none' },
    ],
    [undefined, { level: 'unknown', native: '', reason: expect.stringContaining('did not tell') }],
  ])('with the permissions %j has the level that they are', (permissions, expected) => {
    expect(repository({ permissions }).permission).toEqual(expected);
  });
});

describe('an organization', () => {
  it('is called by its name where it has no longer one, and has its page', () => {
    const wire = organizationWire.parse({ id: 26, name: 'acme', full_name: '', avatar_url: '' });
    expect(toOrganization(wire, 'https://git.example/gitea')).toEqual({
      id: '26',
      path: 'acme',
      name: 'acme',
      webUrl: 'https://git.example/gitea/acme',
    });
  });
});

describe('a permission', () => {
  it('that no version is known to have is unknown', () => {
    expect(toPermission('owner')).toEqual({ level: 'admin', native: 'owner' });
    expect(toPermission('constructor')).toMatchObject({ level: 'unknown', native: 'constructor' });
  });

  it('of two of one account is the greater one, and what is known before what is not', () => {
    const account = { id: '1', username: 'ada', kind: 'user' } as const;
    const of = (native: string) => ({ account, permission: toPermission(native) });
    expect(highest(of('read'), undefined)).toEqual(of('read'));
    expect(highest(of('read'), of('write'))).toEqual(of('write'));
    expect(highest(of('admin'), of('write'))).toEqual(of('admin'));
    expect(highest(of('strange'), of('read'))).toEqual(of('read'));
    expect(highest(of('read'), of('strange'))).toEqual(of('read'));
  });
});
