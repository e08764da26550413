import { describe, expect, it } from '@jest/globals';
import { publicPermission, toRepository } from './map.js';
import { repositoryWire } from './wire.js';

const host = { webUrl: 'https://git.example.com/bb', apiUrl: 'https://git.example.com/bb/rest/api/latest' };
const permission = { level: 'read', native: 'REPO_READ' } as const;

/** As in Atlassian's description of `GET /projects/{key}/repos/{slug}`, its server's address and user aside. */
const documented = {
  slug: 'my-repo',
  id: 1,
  name: 'My repo',
  description: 'My repo description',
  hierarchyId: 'e3c939f9ef4a7fae272e',
  scmId: 'git',
  state: 'AVAILABLE',
  statusMessage: 'Available',
  forkable: true,
  project: { key: 'PRJ', id: 1, name: 'My Cool Project', public: false, type: 'NORMAL', links: {} },
  public: false,
  archived: false,
  links: {
    clone: [
      { href: 'ssh://git@git.example.com:7999/PRJ/my-repo.git', name: 'ssh' },
      { href: 'https://admin@git.example.com/bb/scm/PRJ/my-repo.git', name: 'http' },
    ],
    self: [{ href: 'https://git.example.com/bb/projects/PRJ/repos/my-repo/browse' }],
  },
};

const read = (changes: object) =>
  toRepository(host, repositoryWire.parse({ ...documented, ...changes }), permission);

describe('a repository', () => {
  it('is read from what Bitbucket answers, without the user in the address to clone from', () => {
    expect(read({})).toEqual({
      id: '1',
      path: 'PRJ/my-repo',
      name: 'My repo',
      namespace: 'PRJ',
      description: 'My repo description',
      webUrl: 'https://git.example.com/bb/projects/PRJ/repos/my-repo',
      httpsCloneUrl: 'https://git.example.com/bb/scm/PRJ/my-repo.git',
      sshCloneUrl: 'ssh://git@git.example.com:7999/PRJ/my-repo.git',
      defaultBranch: undefined,
      visibility: 'private',
      archived: false,
      fork: false,
      permission,
    });
  });

  it('of a person has its page with that person', () => {
    const { path, webUrl } = read({ project: { id: 2, key: '~Ada', type: 'PERSONAL' } });
    expect([path, webUrl]).toEqual(['~Ada/my-repo', 'https://git.example.com/bb/users/ada/repos/my-repo']);
  });

  it('is public where its project is', () => {
    expect(read({ public: true }).visibility).toBe('public');
    expect(read({ project: { id: 1, key: 'PRJ', public: true } }).visibility).toBe('public');
  });

  it('is read where older versions leave things out', () => {
    const wire = repositoryWire.parse({ id: 2, slug: 'old', project: { id: 1, key: 'PRJ' }, links: null });
    expect(toRepository(host, wire, permission)).toMatchObject({
      name: 'old',
      httpsCloneUrl: 'https://git.example.com/bb/scm/prj/old.git',
      sshCloneUrl: undefined,
      archived: false,
      visibility: 'private',
    });
    expect(publicPermission(wire)).toMatchObject({ level: 'unknown' });
  });

  it('that was forked says so', () => {
    expect(read({ origin: { slug: 'other' } }).fork).toBe(true);
  });
});
