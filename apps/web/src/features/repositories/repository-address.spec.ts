import { describe, expect, it } from '@jest/globals';
import { readRepositoryAddress } from './repository-address.js';

describe('what somebody gives as a repository', () => {
  it.each([
    ['acme/api', { path: 'acme/api' }],
    [' /acme/platform/api/ ', { path: 'acme/platform/api' }],
    ['acme/api.git', { path: 'acme/api' }],
    ['https://Forge.example/acme/api.git', { host: 'forge.example', path: 'acme/api', isOfWeb: true }],
    ['https://forge.example:8443/acme/api/', { host: 'forge.example:8443', path: 'acme/api', isOfWeb: true }],
    [
      'ssh://git@forge.example:7999/acme/api.git',
      { host: 'forge.example:7999', path: 'acme/api', isOfWeb: false },
    ],
    ['git@forge.example:acme/platform/api.git', { host: 'forge.example', path: 'acme/platform/api' }],
    ['https://forge.example/acme/%E0%A4%A', { host: 'forge.example', path: 'acme/%E0%A4%A', isOfWeb: true }],
    ['https://', { path: 'https:' }],
    ['', { path: '' }],
  ])('is read as people have it: %j', (given, address) => {
    expect(readRepositoryAddress(given)).toEqual(address);
  });
});
