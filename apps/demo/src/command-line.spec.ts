import { describe, expect, it } from '@jest/globals';
import { readCommand } from './command-line.js';

describe('the command line of the demo', () => {
  it('needs nothing', () => {
    expect(readCommand([])).toEqual({ kind: 'start', port: undefined, dataDirectory: undefined });
  });

  it('takes a port and a folder', () => {
    expect(readCommand(['--port', '5000', '--data-dir', 'here'])).toEqual({
      kind: 'start',
      port: 5000,
      dataDirectory: 'here',
    });
  });

  it('helps', () => {
    expect(readCommand(['--help'])).toEqual({ kind: 'help' });
  });

  it.each([['--port', 'x'], ['--port', '0'], ['--port', '65536'], ['--port'], ['--prot', '1'], ['now']])(
    'says what is wrong of %s %s',
    (...values) => {
      expect(readCommand(values)).toEqual({ kind: 'refused', reason: expect.stringMatching(/\w/) });
    },
  );
});
