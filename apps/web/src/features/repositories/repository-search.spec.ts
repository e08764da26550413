import { describe, expect, it } from '@jest/globals';
import {
  activeFilters,
  changeRepositorySearch,
  readRepositorySearch,
  noFilters,
  sortBy,
  toFilters,
} from './repository-search.js';

describe('the address of the list of repositories', () => {
  it('keeps all that the list can be narrowed and sorted by', () => {
    const search = {
      search: 'api',
      gitProvider: 'id-1',
      organization: 'acme/platform',
      permission: 'write',
      visibility: 'private',
      archived: false,
      sort: 'updatedAt',
      direction: 'desc',
    } as const;
    expect(readRepositorySearch(search)).toEqual(search);
  });

  it('leaves out what makes no sense, and what the list does not know', () => {
    expect(
      readRepositorySearch({
        search: ['api'],
        permission: 'owner',
        visibility: null,
        archived: 'maybe',
        sort: 'size',
        direction: 'sideways',
        page: 7,
      }),
    ).toEqual({});
  });

  it('leaves out what goes without saying', () => {
    expect(readRepositorySearch({ search: '  ', sort: 'path', direction: 'asc' })).toEqual({});
  });

  it('takes for text what an address may carry as a number or a truth', () => {
    expect(readRepositorySearch({ search: 2026, organization: true })).toEqual({
      search: '2026',
      organization: 'true',
    });
  });

  it('takes a truth that is written as text', () => {
    expect(readRepositorySearch({ archived: 'true' })).toEqual({ archived: true });
    expect(readRepositorySearch({ archived: 'false' })).toEqual({ archived: false });
  });

  it('cuts a text that the server would refuse', () => {
    expect(readRepositorySearch({ search: 'a'.repeat(501) }).search).toHaveLength(500);
  });

  it('changes a part and leaves the others', () => {
    const current = { search: 'api', visibility: 'public' } as const;
    expect(changeRepositorySearch(current, { visibility: 'private' })).toEqual({
      search: 'api',
      visibility: 'private',
    });
    expect(changeRepositorySearch(current, { search: undefined })).toEqual({ visibility: 'public' });
  });
});

describe('the filters of the list', () => {
  it('are those parts of the address that leave repositories out', () => {
    expect(activeFilters({ archived: false, search: 'api', sort: 'name' })).toEqual(['search', 'archived']);
    expect(activeFilters({ sort: 'name', direction: 'desc' })).toEqual([]);
  });

  it('are cleared without changing the order', () => {
    const search = { search: 'api', archived: true, sort: 'level', direction: 'desc' } as const;
    expect(changeRepositorySearch(search, noFilters)).toEqual({ sort: 'level', direction: 'desc' });
  });

  it('are asked for by the names of the API', () => {
    expect(toFilters({ gitProvider: 'id-1', permission: 'write', archived: false, sort: 'name' })).toEqual({
      gitProviderId: 'id-1',
      level: 'write',
      archived: false,
      sort: 'name',
    });
  });
});

describe('the head of a column', () => {
  it('turns the order round when the list is sorted by it', () => {
    expect(sortBy({}, 'path')).toEqual({ sort: 'path', direction: 'desc' });
    expect(sortBy({ sort: 'level', direction: 'desc' }, 'level')).toEqual({
      sort: 'level',
      direction: 'asc',
    });
  });

  it('begins with the latest and the highest', () => {
    expect(sortBy({}, 'updatedAt')).toEqual({ sort: 'updatedAt', direction: 'desc' });
    expect(sortBy({}, 'level')).toEqual({ sort: 'level', direction: 'desc' });
    expect(sortBy({ sort: 'level', direction: 'desc' }, 'name')).toEqual({ sort: 'name', direction: 'asc' });
  });
});
