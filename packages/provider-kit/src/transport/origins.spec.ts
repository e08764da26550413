import { describe, expect, it } from '@jest/globals';
import { failureOf, setUp } from './transport.fixture.js';

describe('the origin check', () => {
  it.each([
    'https://evil.example/user',
    'http://api.github.com/user',
    'https://api.github.com:8443/user',
    'https://api.github.com.evil.example/user',
  ])('sends nothing to %s', async (url) => {
    const { fetch, requests } = setUp([]);
    expect((await failureOf(fetch(url))).kind).toBe('invalid_request');
    expect(requests).toHaveLength(0);
  });
});
