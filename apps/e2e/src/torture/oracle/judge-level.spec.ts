import { describe, expect, it } from '@jest/globals';
import { judgeLevel } from './judge-level.js';

function judge(level: string, had: readonly string[], wasOutOfReach = false): string | undefined {
  const facts = had.map((each) => ({ path: 'acme/api', level: each, organizations: [] }));
  return judgeLevel(level, facts, wasOutOfReach);
}

describe('a level that is shown', () => {
  it('may be any that was true at some instant', () => {
    expect(judge('read', ['read', 'write'])).toBeUndefined();
    expect(judge('write', ['read', 'write'])).toBeUndefined();
  });

  it('may not be between two that followed one another', () => {
    expect(judge('write', ['read', 'admin'])).toContain('read → admin');
  });

  it('may be between where it changed more than once', () => {
    expect(judge('write', ['read', 'admin', 'read'])).toBeUndefined();
    expect(judge('admin', ['read', 'write', 'read'])).toBeDefined();
  });

  it('may be unknown only where it changed', () => {
    expect(judge('unknown', ['read'])).toBeDefined();
    expect(judge('unknown', ['read', 'write'])).toBeUndefined();
    expect(judge('unknown', ['read'], true)).toBeUndefined();
  });
});
