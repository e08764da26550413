import { parseArgs } from 'node:util';

/** What the demo was asked for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'refused'; readonly reason: string }
  | {
      readonly kind: 'start';
      /** Absent: the usual one when it is free, else another. */
      readonly port: number | undefined;
      readonly dataDirectory: string | undefined;
    };

export const help = `npm run demo [-- options]

Starts five simulated forges, and an anyforge server that is configured for them.

  --port <number>      the server's port; 4400 when it is free
  --data-dir <folder>  where the server's data is kept: a folder that is empty or not there;
                       when not given, a temporary one, which is removed at the end
  --help               this
`;

/** Reads what stands after the command. */
export function readCommand(values: readonly string[]): Command {
  try {
    const { values: options } = parseArgs({
      args: [...values],
      options: {
        port: { type: 'string' },
        'data-dir': { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    if (options.help === true) return { kind: 'help' };
    const port = options.port === undefined ? undefined : Number(options.port);
    if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536))
      return { kind: 'refused', reason: '--port takes a number from 1 to 65535.' };
    return { kind: 'start', port, dataDirectory: options['data-dir'] };
  } catch (error) {
    return { kind: 'refused', reason: error instanceof Error ? error.message : String(error) };
  }
}
