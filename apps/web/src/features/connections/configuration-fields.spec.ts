import { describe, expect, it } from '@jest/globals';
import type { Connection } from '@anyforge/client';
import { ApiError } from '@anyforge/client';
import type { TokenVariant } from './configuration-fields.js';
import { firstUsername, placeProblem, toTokenInput, usernameOf } from './configuration-fields.js';

function variant(username: TokenVariant['username']): TokenVariant {
  return { label: 'Token', createUrl: 'https://forge.example.com/tokens', scopes: [], username };
}

function refusal(code: string, fields: ApiError['fields'] = []): ApiError {
  return new ApiError({ status: 422, code, title: 'Refused', detail: 'Correct it.', fields });
}

describe('the username of a configuration', () => {
  it.each(['required', 'optional', 'none'] as const)(
    'is asked for as the kind of token says: %s',
    (username) => {
      expect(usernameOf(variant(username))).toBe(username);
    },
  );

  it('may be given where no kind of token is known', () => {
    expect(usernameOf(undefined)).toBe('optional');
  });

  it('is at first whom the stored token belongs to, as far as that is what is asked for', () => {
    const connection: Connection = {
      gitProviderId: 'forge',
      kind: 'token',
      account: { id: '7', username: 'ada', kind: 'user' },
      email: 'ada@example.com',
      createdAt: '2026-11-01T08:00:00.000Z',
      updatedAt: '2026-11-01T08:00:00.000Z',
    };
    expect(firstUsername(connection, 'optional')).toBe('ada');
    expect(firstUsername(connection, 'required')).toBe('ada@example.com');
    expect(firstUsername({ ...connection, kind: 'oauth' }, 'optional')).toBe('');
    expect(firstUsername(null, 'optional')).toBe('');
  });

  it('is not sent when it is empty, or not asked for any more', () => {
    expect(toTokenInput({ username: ' ', token: ' secret ' }, 'optional')).toEqual({ token: 'secret' });
    expect(toTokenInput({ username: 'ada', token: 'secret' }, 'none')).toEqual({ token: 'secret' });
    expect(toTokenInput({ username: ' ada ', token: 'secret' }, 'required')).toEqual({
      token: 'secret',
      username: 'ada',
    });
  });
});

describe('a refused configuration', () => {
  it('is told at the username when the token is somebody else’s', () => {
    expect(placeProblem(refusal('username_mismatch'))).toEqual({ fields: { username: 'Correct it.' } });
  });

  it('is told at the fields that it names', () => {
    const error = refusal('invalid_input', [{ path: 'token', message: 'Paste the token here.' }]);
    expect(placeProblem(error)).toEqual({ fields: { token: 'Paste the token here.' } });
  });

  it('is told as a whole when it names none of them', () => {
    const refused = refusal('unauthenticated');
    expect(placeProblem(refused)).toEqual({ fields: {}, rest: refused });
    const broken = new Error('cut off');
    expect(placeProblem(broken)).toEqual({ fields: {}, rest: broken });
  });
});
