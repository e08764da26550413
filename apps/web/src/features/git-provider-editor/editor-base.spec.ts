import { describe, expect, it } from '@jest/globals';
import { firstBase } from './editor-base.js';

const hosting = { cloud: { label: 'Cloud', baseUrl: 'https://forge.example' } };
const saved = {
  name: 'Work',
  config: { baseUrl: 'https://forge.example' },
  syncPolicy: 'staged',
  schedule: null,
  version: 3,
} as const;

describe('the state that editing goes from', () => {
  it('is the saved one', () => {
    expect(firstBase({ hosting }, saved, undefined)).toMatchObject({
      values: { name: 'Work' },
      version: 3,
      isKnown: true,
    });
    expect(firstBase({ hosting }, saved, { gitProviderVersion: 3 })).toMatchObject({ isKnown: true });
  });

  it('is not known where it was saved over between two loads of the page, and its version stays refused', () => {
    expect(firstBase({ hosting }, saved, { gitProviderVersion: 2 })).toMatchObject({
      version: 2,
      isKnown: false,
    });
  });

  it('is that of the type for a new one', () => {
    expect(firstBase({ hosting }, undefined, undefined)).toMatchObject({
      values: { config: { baseUrl: 'https://forge.example' } },
      version: undefined,
      isKnown: true,
    });
  });
});
