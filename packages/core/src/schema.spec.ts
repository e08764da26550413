import { describe, expect, it } from '@jest/globals';
import type { StandardSchema } from './schema.js';
import { checkSchema, parseConfig } from './schema.js';

type Result = ReturnType<StandardSchema<string>['~standard']['validate']>;

function schemaOf(validate: (value: unknown) => Result): StandardSchema<string> {
  return { '~standard': { version: 1, vendor: 'test', validate } };
}

describe('checkSchema', () => {
  it('gives the parsed value', () => {
    const upper = schemaOf((value) => ({ value: String(value).toUpperCase() }));
    expect(checkSchema(upper, 'a')).toEqual({ ok: true, value: 'A' });
  });

  it('names the path of every issue', () => {
    const failing = schemaOf(() => ({
      issues: [{ message: 'Required', path: ['oauth', { key: 'clientId' }] }, { message: 'Unknown key' }],
    }));
    expect(checkSchema(failing, {})).toEqual({
      ok: false,
      issues: [
        { path: 'oauth.clientId', message: 'Required' },
        { path: '', message: 'Unknown key' },
      ],
    });
  });

  it('refuses an asynchronous schema', () => {
    const slow = schemaOf(() => Promise.resolve({ value: 'late' }));
    expect(() => checkSchema(slow, 'a')).toThrow(TypeError);
  });

  it('outlives a schema that answers with a rejection', async () => {
    const broken = schemaOf(() => Promise.reject(new Error('a check threw')));
    expect(() => checkSchema(broken, 'a')).toThrow(TypeError);
    // An unhandled rejection would end this process before the next turn is over.
    await new Promise((resolve) => setImmediate(resolve));
  });
});

describe('parseConfig', () => {
  it('refuses a wrong configuration with every field that is wrong', () => {
    const failing = schemaOf(() => ({
      issues: [{ message: 'not a URL', path: ['baseUrl'] }, { message: 'Unknown key "x"' }],
    }));
    expect(() => parseConfig('github', failing, {})).toThrow(
      expect.objectContaining({
        kind: 'invalid_config',
        message: 'The configuration is not valid. baseUrl: not a URL; Unknown key "x"',
        details: { provider: 'github' },
      }),
    );
  });
});
