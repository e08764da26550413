import { describe, expect, it } from '@jest/globals';
import { planOf } from './plan.js';

const api = 'https://forge.example/api';

describe('the order of requests', () => {
  it('has the first page of GitHub before all others, which can be had at once', () => {
    const [first, second, third] = [`${api}/repos?a=b`, `${api}/repos?a=b&page=2`, `${api}/repos?a=b&page=3`];
    expect(planOf('github', [first, second, third])).toEqual([[[first]], [[second], [third]]]);
  });

  it('has a chain for each listing whose pages tell only the next one', () => {
    const [read, more, write] = [`${api}?p=READ&start=0`, `${api}?p=READ&start=7`, `${api}?p=WRITE&start=0`];
    expect(planOf('bitbucket-data-center', [read, write, more])).toEqual([[[read, more], [write]]]);
  });

  it('leaves no request out', () => {
    const urls = ['/user/workspaces?x=y', '/repositories/w?x=y', '/repositories/w?page=2'];
    expect(planOf('bitbucket', urls).flat(2)).toEqual(urls);
    expect(planOf('gitlab', ['/projects?per_page=100', '/projects?per_page=1&page=7']).flat(2)).toEqual([
      '/projects?per_page=1&page=7',
      '/projects?per_page=100',
    ]);
  });
});
