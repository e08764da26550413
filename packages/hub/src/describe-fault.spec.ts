import { ProviderError } from '@anyforge/core';
import { describe, expect, it } from '@jest/globals';
import { describeFault } from './describe-fault.js';
import { HubError } from './errors.js';

describe('a fault in the log', () => {
  it('tells its name and place, and nothing of what it may quote', () => {
    let fault: unknown;
    try {
      JSON.parse('canary-secret');
    } catch (error) {
      fault = error;
    }
    expect(String(fault)).toContain('canary');
    expect(describeFault(fault)).toMatch(/^SyntaxError at .*describe-fault\.spec/);
    expect(describeFault(fault)).not.toContain('canary');
  });

  it('takes no line of the message for a place', () => {
    expect(describeFault(new Error('first\n    at canary-secret'))).not.toContain('canary');
  });

  it('tells the code of the system', () => {
    expect(describeFault(Object.assign(new Error('canary'), { code: 'ENOSPC' }))).toMatch(
      /^Error ENOSPC at /,
    );
  });

  it.each(['canary', { message: 'canary' }, undefined])(
    'that is no error tells only what it is: %j',
    (thrown) => {
      expect(describeFault(thrown)).toBe(typeof thrown);
    },
  );

  it('tells the words that are made for people', () => {
    expect(describeFault(new HubError('store_full', 'The disk is full.'))).toBe(
      'HubError store_full: The disk is full.',
    );
    const refusal = new ProviderError('network', 'Nobody answers.', { provider: 'fake' });
    expect(describeFault(refusal)).toBe('ProviderError network: Nobody answers.');
  });
});
