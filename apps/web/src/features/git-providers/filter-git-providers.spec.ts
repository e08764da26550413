import { describe, expect, it } from '@jest/globals';
import { filterGitProviders } from './filter-git-providers.js';

const engine = { name: 'Engine room', config: { baseUrl: 'https://git.example.com' } };
const bridge = { name: 'Bridge', config: { baseUrl: 'https://code.example.org' } };
const nowhere = { name: 'Nowhere', config: null };
const all = [engine, bridge, nowhere];

describe('the search among git providers', () => {
  it('leaves all when nothing is typed', () => {
    expect(filterGitProviders(all, '  ')).toEqual(all);
  });

  it('finds by name, however it is written', () => {
    expect(filterGitProviders(all, 'ENGINE')).toEqual([engine]);
  });

  it('finds by address', () => {
    expect(filterGitProviders(all, 'example.org')).toEqual([bridge]);
  });

  it('wants every word', () => {
    expect(filterGitProviders(all, 'room git')).toEqual([engine]);
    expect(filterGitProviders(all, 'room code')).toEqual([]);
  });
});
