import { z } from 'zod';

/** What the operator decides, from the environment. */
export interface Settings {
  /** A loopback address: until people have accounts, nobody but the machine's own user may reach the server. */
  readonly host: string;
  readonly port: number;
  readonly dataDirectory: string;
  /** 32 bytes in base64. Absent: a key is generated into the data directory. */
  readonly encryptionKey?: string | undefined;
  /** Which addresses git providers may have, besides public ones. */
  readonly addresses: { readonly private: boolean; readonly loopback: boolean };
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

const loopbackHosts = ['127.0.0.1', '::1', 'localhost'] as const;
const addressKinds = ['private', 'loopback'] as const;

const environmentSchema = z.object({
  HOST: z
    .enum(loopbackHosts, {
      error: `must be one of ${loopbackHosts.join(', ')}: this server is for one person on one machine`,
    })
    .default('127.0.0.1'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a port number')
    .default(4400),
  DATA_DIR: z.string().min(1, 'must name a folder').default('./data'),
  ENCRYPTION_KEY: z.string().optional(),
  ALLOW_ADDRESSES: z
    .string()
    .transform((list) => list.split(',').map((kind) => kind.trim()))
    .pipe(z.array(z.enum(addressKinds, { error: `must be private, loopback, or both with a comma between` })))
    .default([]),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], {
      error: 'must be debug, info, warn, error or silent',
    })
    .default('info'),
});

/** A setting is wrong. The message names every one that is, and what it must be; never its value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Reads the settings. A variable that is set but empty counts as not set.
 *
 * @throws SettingsError
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = environmentSchema.safeParse(given);
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) => `${String(path[0])} ${message}.`);
    throw new SettingsError([...new Set(problems)].join('\n'));
  }
  const { HOST, PORT, DATA_DIR, ENCRYPTION_KEY, ALLOW_ADDRESSES, LOG_LEVEL } = result.data;
  return {
    host: HOST,
    port: PORT,
    dataDirectory: DATA_DIR,
    encryptionKey: ENCRYPTION_KEY,
    addresses: {
      private: ALLOW_ADDRESSES.includes('private'),
      loopback: ALLOW_ADDRESSES.includes('loopback'),
    },
    logLevel: LOG_LEVEL,
  };
}
