import { describe, expect, it } from '@jest/globals';
import { organizationsOf } from './organizations-of.js';

const inside = (...namespaces: readonly string[]) => namespaces.map((namespace) => ({ namespace }));

describe('the organizations of repositories', () => {
  it('are told once each, by path, with those above them', () => {
    expect(organizationsOf(inside('acme/platform/tools', 'beta', 'acme/platform/tools', 'acme/web'))).toEqual(
      ['acme', 'acme/platform', 'acme/platform/tools', 'acme/web', 'beta'],
    );
  });

  it('are none where a repository lies in none', () => {
    expect(organizationsOf(inside(''))).toEqual([]);
  });

  it('are no more than one can look through', () => {
    expect(
      organizationsOf(inside(...Array.from({ length: 500 }, (_, index) => `group-${index}`))),
    ).toHaveLength(200);
  });
});
