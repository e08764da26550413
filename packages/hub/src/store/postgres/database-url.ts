import { readFile } from 'node:fs/promises';
import { checkServerIdentity } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';
import { HubError } from '../../errors.js';

/** How to reach a PostgreSQL. */
export interface PostgresAddress {
  /** With the password; without what it says of TLS. */
  readonly connectionString: string;
  readonly ssl: false | ConnectionOptions;
  /** For messages: without user, password and parameters. */
  readonly shown: string;
}

const tlsParameters = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey'] as const;

/** What each `sslmode` asks of the server's certificate. None of them falls back to plain text in silence. */
const modes: Readonly<Record<string, false | ConnectionOptions>> = {
  disable: false,
  'no-verify': { rejectUnauthorized: false },
  // The certificate is checked, the name on it is not.
  'verify-ca': { rejectUnauthorized: true, checkServerIdentity: () => undefined },
  require: { rejectUnauthorized: true, checkServerIdentity },
  'verify-full': { rejectUnauthorized: true, checkServerIdentity },
};

/**
 * Reads `postgresql://USER:PASSWORD@HOST:PORT/DATABASE`, with `sslmode` and the files of `sslrootcert`, `sslcert` and
 * `sslkey` as parameters. Without `sslmode` the connection is not encrypted.
 *
 * @throws HubError `store_unusable`, with nothing of the address that may be secret.
 */
export async function readDatabaseUrl(url: string): Promise<PostgresAddress> {
  const [base = '', query = ''] = url.split(/\?(.*)/s);
  if (!/^postgres(ql)?:\/\//i.test(base)) {
    throw new HubError(
      'store_unusable',
      'The address of the database is not one of PostgreSQL. Write it as postgresql://USER:PASSWORD@HOST:5432/DATABASE, with special characters of the password percent-encoded.',
    );
  }
  const parameters = new URLSearchParams(query);
  const [mode, rootCertificate, certificate, key] = tlsParameters.map((name) => parameters.get(name));
  for (const name of tlsParameters) parameters.delete(name);
  const ssl = modes[mode ?? 'disable'];
  if (ssl === undefined) {
    throw new HubError(
      'store_unusable',
      `The address of the database has an sslmode that is not known here. Use one of ${Object.keys(modes).join(', ')}.`,
    );
  }
  const rest = parameters.toString();
  return {
    connectionString: rest === '' ? base : `${base}?${rest}`,
    ssl:
      ssl === false
        ? false
        : { ...ssl, ...(await readFiles({ ca: rootCertificate, cert: certificate, key })) },
    // Greedy: whatever stands before the last @ may belong to the password.
    shown: base.replace(/\/\/.*@/s, '//'),
  };
}

async function readFiles(
  paths: Readonly<Record<'ca' | 'cert' | 'key', string | null | undefined>>,
): Promise<ConnectionOptions> {
  const read = async ([option, path]: readonly [string, string | null | undefined]) => {
    if (path === null || path === undefined) return [];
    const content = await readFile(path, 'utf8').catch(() => {
      throw new HubError(
        'store_unusable',
        `The file ${path}, which the address of the database names for TLS, can't be read.`,
      );
    });
    return [[option, content] as const];
  };
  return Object.fromEntries((await Promise.all(Object.entries(paths).map(read))).flat());
}
