import { describe, expect, it } from '@jest/globals';
import { readWhySearch } from './why-search.js';

describe('the address of the question why', () => {
  it('says which repository is meant, and where', () => {
    expect(readWhySearch({ path: ' acme/api ', gitProvider: 'id-1' })).toEqual({
      path: 'acme/api',
      gitProvider: 'id-1',
    });
  });

  it('leaves out what makes no sense', () => {
    expect(readWhySearch({ path: '', gitProvider: ['id-1'], page: 1 })).toEqual({});
  });

  it('takes for text what an address may carry as a number', () => {
    expect(readWhySearch({ path: 42 })).toEqual({ path: '42' });
  });
});
