import { describe, expect, it } from '@jest/globals';
import { passwordIssues } from './password-rules.js';
import { displayNameIssues, readDisplayName, readUsername, usernameIssues } from './username.js';

describe('a username', () => {
  it.each(['ada', 'Ada.Lovelace', 'ada@example.com', 'a', '7', 'jürgen', '太郎', 'x'.repeat(64)])(
    'may be %s',
    (name) => {
      expect(usernameIssues(readUsername(name))).toEqual([]);
    },
  );

  it.each(['', ' ', 'a b', '.ada', 'ad\u0000a', 'a/b', 'a\u202Eb', 'x'.repeat(65), '<b>'])(
    'may not be %j',
    (name) => {
      expect(usernameIssues(readUsername(name))).toMatchObject([{ path: 'username' }]);
    },
  );

  it('is the same, however it was typed', () => {
    const keys = [' Jürgen', 'ju\u0308rgen', 'ＪÜRGEN '].map((name) => readUsername(name).key);
    expect(new Set(keys).size).toBe(1);
  });
});

describe('a name to show', () => {
  it('may be anything in one line, or nothing', () => {
    expect(readDisplayName('  ')).toBeNull();
    expect(displayNameIssues(readDisplayName(' Ada Lovelace '))).toEqual([]);
    expect(displayNameIssues('a\nb')).toMatchObject([{ path: 'displayName' }]);
    expect(displayNameIssues('x'.repeat(101))).toMatchObject([{ path: 'displayName' }]);
  });
});

describe('a password', () => {
  const ada = readUsername('Ada.Lovelace.1815');

  it.each(['twelve chars', '🐎'.repeat(12), 'x'.repeat(256)])('may be %s', (password) => {
    expect(passwordIssues(password, ada)).toEqual([]);
  });

  it.each(['', 'eleven char', '🐎'.repeat(11), 'x'.repeat(257), 'ada.lovelace.1815', ' ADA.lovelace.1815'])(
    'may not be %j',
    (password) => {
      expect(passwordIssues(password, ada)).toMatchObject([{ path: 'password' }]);
    },
  );
});
