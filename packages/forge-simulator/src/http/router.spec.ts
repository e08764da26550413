import { describe, expect, it } from '@jest/globals';
import { Router } from './router.js';

const router = new Router([
  { method: 'GET', pattern: '/users/me', target: 'me' },
  { method: 'GET', pattern: '/users/:name', target: 'user' },
  { method: 'POST', pattern: '/users/:name', target: 'create' },
  { method: 'GET', pattern: '/', target: 'root' },
]);

describe('Router', () => {
  it.each([
    ['GET', '/users/me', 'me', {}],
    ['GET', '/users/ada', 'user', { name: 'ada' }],
    ['GET', '/users/ada/', 'user', { name: 'ada' }],
    ['HEAD', '/users/a%2Fb', 'user', { name: 'a/b' }],
    ['POST', '/users/me', 'create', { name: 'me' }],
    ['GET', '/', 'root', {}],
  ])('leads %s %s to %s', (method, path, target, parameters) => {
    expect(router.match(method, path)).toEqual({ target, parameters });
  });

  it.each([
    ['DELETE', '/users/me'],
    ['GET', '/users'],
    ['GET', '/users/ada/keys'],
    ['GET', '/users/%E0%A4%A'],
    ['GET', '/users//'],
  ])('leads %s %s nowhere', (method, path) => {
    expect(router.match(method, path)).toBeUndefined();
  });
});
