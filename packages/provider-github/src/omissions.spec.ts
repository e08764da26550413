import { describe, expect, it } from '@jest/globals';
import { omissionFilter, readOmissions } from './omissions.js';

const left = (id: string) => ({ organization: { id }, reason: 'sso_required' as const });

describe('what GitHub leaves out of a list', () => {
  it.each([
    ['partial-results; organizations=21955855,20582480', [left('21955855'), left('20582480')]],
    ['Partial-Results; Organizations = 7, 8', [left('7'), left('8')]],
    ['partial-results; organizations="7"', [left('7')]],
    ['required; url=https://github.com/orgs/acme/sso', undefined],
    [undefined, undefined],
    ['', undefined],
  ])('is read from %j', (header, expected) => {
    expect(readOmissions(header)).toEqual(expected);
  });

  it.each(['partial-results', 'partial-results; organizations=', 'partial-results; enterprises=7'])(
    'is no complete list when it cannot be told, as with %j',
    (header) => {
      expect(() => readOmissions(header)).toThrow(expect.objectContaining({ kind: 'invalid_response' }));
    },
  );

  it('concerns a narrowed listing only if it may have been in it', () => {
    const names = (...organizations: Parameters<typeof omissionFilter>[0]) =>
      [left('7'), left('8')].filter(omissionFilter(organizations)).map(({ organization }) => organization.id);
    expect(names()).toEqual(['7', '8']);
    expect(names({ id: '7' })).toEqual(['7']);
    expect(names({ id: '9' })).toEqual([]);
    expect(names({ id: '9' }, { path: 'acme' })).toEqual(['7', '8']);
  });
});
