import { describe, expect, it } from '@jest/globals';
import { toPermission } from './access-levels.js';
import { toAccount, toAccountPermission, toBandPermission, toRepository } from './map.js';
import { projectRow } from './project-api.fixture.js';
import { memberWire, projectDetailWire } from './wire.js';

const project = (more: object = {}) => projectDetailWire.parse({ ...projectRow(7), ...more });
const member = (more: object = {}) =>
  memberWire.parse({ id: 3, username: 'ada', name: 'Ada', state: 'active', access_level: 30, ...more });

describe('a permission', () => {
  it.each([
    [0, 'none', 'No access'],
    [5, 'none', 'Minimal Access'],
    [10, 'none', 'Guest'],
    [15, 'none', 'Planner'],
    [20, 'read', 'Reporter'],
    [25, 'read', 'Security Manager'],
    [27, 'read', 'Access level 27'],
    [30, 'write', 'Developer'],
    [39, 'write', 'Access level 39'],
    [40, 'maintain', 'Maintainer'],
    [50, 'admin', 'Owner'],
    [60, 'admin', 'Access level 60'],
  ] as const)('of access level %d is %s, %s', (accessLevel, level, native) => {
    expect(toPermission(accessLevel, { readsCode: false })).toEqual({ level, native });
  });

  it('of a Guest is to read where GitLab shows the code', () => {
    expect(toBandPermission(project(), 0)).toEqual({ level: 'read', native: 'Guest' });
    expect(toBandPermission(project({ default_branch: null }), 0).level).toBe('read');
    expect(toBandPermission(project({ default_branch: undefined }), 0).level).toBe('none');
  });

  it.each([
    [20, 25, { level: 'read', native: 'Security Manager' }],
    [30, 20, { level: 'write', native: 'Developer' }],
    [0, 15, { level: 'none', native: 'Planner' }],
    ['changed', 30, { level: 'unknown', native: 'Developer', reason: expect.any(String) }],
  ] as const)(
    'of band %s has its word from the row only where that lies in the band',
    (band, own, expected) => {
      const permissions = { project_access: null, group_access: { access_level: own } };
      expect(toBandPermission(project({ permissions, default_branch: undefined }), band)).toEqual(expected);
    },
  );
});

describe('a member', () => {
  const nobody = { direct: new Map(), inherited: new Map() };
  const at = (level: number | undefined) => new Map(level === undefined ? [] : [['3', level]]);

  it.each([
    ['direct', 30, undefined, ['direct']],
    ['direct, and no less above', 30, 40, ['direct']],
    ['above what is direct', 20, 30, ['inherited']],
    ['of a group around alone', undefined, 30, ['inherited']],
    ['above what is direct and what is inherited', 20, 20, undefined],
    ['of neither', undefined, undefined, undefined],
  ])('%s is told to come from where it surely does', (_, direct, inherited, via) => {
    const sources = { direct: at(direct), inherited: at(inherited) };
    expect(toAccountPermission(member(), project(), sources).via).toEqual(via);
  });

  const auditor = { name: 'Auditor', base_access_level: 10 };

  it.each([
    ['blocked', { state: 'blocked' }, { level: 'none', native: 'Developer' }],
    ['awaiting approval', { membership_state: 'awaiting' }, { level: 'none', native: 'Developer' }],
    [
      'of a custom role',
      { member_role: { name: 'Releaser', base_access_level: 30 } },
      { level: 'write', native: 'Releaser' },
    ],
    [
      'of a custom role whose level comes from elsewhere',
      { member_role: auditor },
      { level: 'write', native: 'Developer' },
    ],
    [
      'of a custom role that GitLab tells no level of',
      { member_role: { name: 'Auditor' } },
      { level: 'write', native: 'Developer' },
    ],
    [
      'of a custom role below Reporter',
      { access_level: 10, member_role: auditor },
      { level: 'unknown', native: 'Auditor', reason: expect.stringContaining('custom role') },
    ],
  ])('%s is shown as what it can do', (_, more, permission) => {
    expect(toAccountPermission(member(more), project(), nobody).permission).toEqual(permission);
  });

  const external = { level: 'unknown', native: 'Guest', reason: expect.stringContaining('external user') };

  it.each([
    ['private', 'enabled', { level: 'none', native: 'Guest' }],
    ['private', undefined, { level: 'none', native: 'Guest' }],
    ['internal', 'enabled', external],
    ['internal', 'disabled', { level: 'none', native: 'Guest' }],
    ['public', undefined, { level: 'read', native: 'Guest' }],
    ['public', 'private', { level: 'read', native: 'Guest' }],
    ['public', 'disabled', { level: 'none', native: 'Guest' }],
  ])('who is a Guest of a project that is %s, its code %s, has %j', (visibility, code, permission) => {
    const shown = project({ visibility, repository_access_level: code });
    expect(toAccountPermission(member({ access_level: 10 }), shown, nobody).permission).toEqual(permission);
  });

  it.each([
    ['project_7_bot', 'bot'],
    ['project_7_bot2', 'bot'],
    ['group_7_bot_0a1b2c', 'bot'],
    ['project_7_bottle', 'user'],
    ['my_project_7_bot', 'user'],
  ])('named %s is a %s', (username, kind) => {
    expect(toAccount(member({ username })).kind).toBe(kind);
  });
});

describe('a repository', () => {
  it('is made of what GitLab tells, and of less', () => {
    const permission = { level: 'read', native: 'Reporter' } as const;
    expect(toRepository(project({ visibility: 'hidden' }), permission)).toEqual({
      id: '7',
      path: 'acme/project-7',
      name: 'project-7',
      namespace: 'acme',
      webUrl: 'https://gitlab.example/acme/project-7',
      httpsCloneUrl: 'https://gitlab.example/acme/project-7.git',
      defaultBranch: 'main',
      visibility: 'private',
      archived: false,
      permission,
    });
  });

  it('was updated when it was last pushed to or changed', () => {
    const times = { updated_at: '2026-01-02T00:00:00Z', last_activity_at: '2026-02-01T00:00:00.000+01:00' };
    const { updatedAt } = toRepository(project(times), { level: 'read', native: 'Reporter' });
    expect(updatedAt).toEqual(new Date('2026-01-31T23:00:00Z'));
  });
});
