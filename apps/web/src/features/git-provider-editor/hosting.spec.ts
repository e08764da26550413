import { describe, expect, it } from '@jest/globals';
import { hasBothForms, hostingFormOf, isElsewhere } from './hosting.js';

const cloud = { label: 'Cloud', baseUrl: 'https://forge.example' };
const selfHosted = { label: 'Self-hosted', example: 'https://git.example.com' };

describe('where a git provider is', () => {
  it('is told by its address, where the forge has both forms', () => {
    expect(hostingFormOf({ cloud, selfHosted }, { baseUrl: 'https://forge.example/' })).toBe('cloud');
    expect(hostingFormOf({ cloud, selfHosted }, { baseUrl: 'https://git.acme.example' })).toBe('self-hosted');
    expect(hostingFormOf({ cloud, selfHosted }, { baseUrl: '' })).toBe('self-hosted');
    expect(hasBothForms({ cloud, selfHosted })).toBe(true);
  });

  it('is no question, where the forge has only one', () => {
    expect(hostingFormOf({ cloud }, { baseUrl: 'https://git.acme.example' })).toBe('cloud');
    expect(hostingFormOf({ selfHosted }, {})).toBe('self-hosted');
    expect(hasBothForms({ cloud })).toBe(false);
  });

  it("may be elsewhere than at the forge's own address", () => {
    expect(isElsewhere({ cloud }, { baseUrl: 'https://mirror.acme.example' })).toBe(true);
    expect(isElsewhere({ cloud }, { baseUrl: 'https://forge.example' })).toBe(false);
    expect(isElsewhere({ selfHosted }, { baseUrl: 'https://git.acme.example' })).toBe(false);
  });
});
