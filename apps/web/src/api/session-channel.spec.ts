import { expect, it } from '@jest/globals';
import { readNews } from './session-channel.js';

it('News of the session say whose it is, or that it is nobody’s', () => {
  expect(readNews({ personId: 'p1' })).toEqual({ personId: 'p1' });
  expect(readNews({ personId: null })).toEqual({ personId: null });
});

it.each([undefined, null, 'p1', {}, { personId: 7 }])('What is no news is left alone: %j', (data) => {
  expect(readNews(data)).toBeUndefined();
});
