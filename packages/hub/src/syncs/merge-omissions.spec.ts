import { describe, expect, it } from '@jest/globals';
import type { Omission } from '@anyforge/core';
import { mergeOmissions } from './merge-omissions.js';

const sso: Omission = { organization: { id: '1', path: 'acme' }, reason: 'sso_required' };

describe('what pages left out', () => {
  it('is told once for each organization and reason, as it was told first', () => {
    const renamed: Omission = { organization: { id: '1', path: 'acme-inc' }, reason: 'sso_required' };
    expect(mergeOmissions([sso], [renamed, sso])).toEqual([sso]);
  });

  it.each<Omission>([
    { organization: { id: '2', path: 'acme' }, reason: 'sso_required' },
    { organization: { id: '1', path: 'acme' }, reason: 'forbidden' },
    { organization: { path: '1' }, reason: 'sso_required' },
  ])('is told of each that differs: %j', (other) => {
    expect(mergeOmissions([sso], [other])).toEqual([sso, other]);
  });

  it('is what it was after a page that left nothing out', () => {
    expect(mergeOmissions([sso])).toEqual([sso]);
  });
});
