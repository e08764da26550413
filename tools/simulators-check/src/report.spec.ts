import { describe, expect, it } from '@jest/globals';
import { report } from './report.js';

describe('the report', () => {
  it('lists every operation with what is wrong below it, and sums up', () => {
    const common = { profile: 'Forge', statuses: [] };
    const text = report([
      { ...common, operation: 'GET /things', state: 'checked', statuses: [200, 404], faults: [] },
      { ...common, operation: 'GET /thing', state: 'failed', faults: ['/thing (200) lacks id'] },
      { ...common, operation: 'PUT /thing', state: 'unchecked', faults: [] },
    ]);
    expect(text.split('\n')).toEqual([
      'Forge  GET /things  checked    200 404',
      'Forge  GET /thing   failed',
      '    /thing (200) lacks id',
      'Forge  PUT /thing   unchecked',
      '',
      '1 checked, 1 failed, 1 unchecked: 2 to mend',
      '',
    ]);
  });
});
