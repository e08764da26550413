import { describe, expect, it } from '@jest/globals';
import { greetingOf } from './greeting.js';

const server = {
  url: 'http://127.0.0.1:4400',
  publicUrl: 'https://forge.example.com/any',
  setUpCode: undefined,
};

describe('the greeting', () => {
  it('says where the server is, and what to do first', () => {
    const text = greetingOf(server, { dataDirectory: '/var/lib/anyforge' }, true);
    expect(text).toContain('listens on http://127.0.0.1:4400 and keeps its data in /var/lib/anyforge');
    expect(text).toContain('The page is at https://forge.example.com/any/,');
    expect(text).toContain('https://forge.example.com/any/api/docs');
    expect(text).toMatch(/^ +https:\/\/forge\.example\.com\/any\/set-up$/m);
    expect(text).not.toContain('set-up code');
    expect(text).not.toContain('metrics');
  });

  it('says where the metrics are, where there are any', () => {
    const metricsUrl = 'http://127.0.0.1:9464';
    const text = greetingOf({ ...server, metricsUrl }, { dataDirectory: './data' }, false);
    expect(text).toContain('Its metrics are at http://127.0.0.1:9464/metrics.');
  });

  it('has the set-up code where one is needed', () => {
    const text = greetingOf({ ...server, setUpCode: 'abcd-efgh' }, { dataDirectory: './data' }, true);
    expect(text).toContain('The set-up code is abcd-efgh');
    expect(text).toMatch(/^ +https:\/\/forge\.example\.com\/any\/set-up#code=abcd-efgh$/m);
  });

  it('is short where somebody has an account, and tells no password of the database', () => {
    const databaseUrl = 'postgres://any:secret@db/any';
    const text = greetingOf(server, { dataDirectory: './data', databaseUrl }, false);
    expect(text).not.toContain('set-up');
    expect(text).not.toContain('secret');
    expect(text).toContain('PostgreSQL');
  });
});
