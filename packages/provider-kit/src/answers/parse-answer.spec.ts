import type { StandardSchema } from '@anyforge/core';
import { describe, expect, it } from '@jest/globals';
import { failureOf } from '../transport/transport.fixture.js';
import { parseAnswer } from './parse-answer.js';

interface Project {
  readonly id: number;
}

function schemaWith(paths: readonly (readonly (string | number)[])[]): StandardSchema<Project> {
  return {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (value) =>
        paths.length === 0
          ? { value: { id: 7 } }
          : {
              issues: paths.map((path) => ({
                path,
                message: `expected a number, got ${JSON.stringify(value)}`,
              })),
            },
    },
  };
}

const parse = async (schema: StandardSchema<Project>): Promise<Project> =>
  parseAnswer('gitlab', 'a project', schema, { id: 's3cret' });

describe('an answer', () => {
  it('becomes a typed value', async () => {
    expect(await parse(schemaWith([]))).toEqual({ id: 7 });
  });

  it('that is no JSON at all may be a page of something in between', async () => {
    const noJson = async (): Promise<Project> =>
      parseAnswer('gitlab', 'a project', schemaWith([[]]), undefined);
    const failure = await failureOf(noJson());
    expect(failure.kind).toBe('invalid_response');
    expect(failure.message).toContain('instead of a project');
  });

  it('of an unknown shape is refused by where it is wrong, never by what is there', async () => {
    const failure = await failureOf(parse(schemaWith([[0, 'permissions', 'admin'], []])));
    expect(failure.kind).toBe('invalid_response');
    expect(failure.message).toBe(
      'The answer with a project is not in a shape that is known, at 0.permissions.admin, its root.',
    );
    expect(JSON.stringify(failure)).not.toContain('s3cret');
  });

  it('that is wrong everywhere is refused in a short text', async () => {
    const failure = await failureOf(
      parse(schemaWith(Array.from({ length: 100 }, (_, index) => [index, 'id']))),
    );
    expect(failure.message).toContain('0.id, 1.id, 2.id and 97 more places');
  });
});
