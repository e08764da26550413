import { isNativeError } from 'node:util/types';
import pg from 'pg';
import { HubError } from '../../errors.js';
import { systemErrorCode } from '../../system-error.js';
import { DatabaseError } from '../database-error.js';

/** Why a PostgreSQL can't be used, and what mends it. The first that fits counts. */
const reasons: readonly { readonly fits: RegExp; readonly words: string }[] = [
  { fits: /^(28P01|28000)$/, words: 'refuses the user or the password. Correct them in the address' },
  { fits: /^3D000$/, words: 'has no such database. Create it, or correct the address' },
  {
    fits: /^42501$/,
    words: 'does not let its user make tables. Grant it "create" on the database and its schema',
  },
  {
    fits: /^(53300|57P03)$/,
    words: 'takes no connections at the moment. Start anyforge again when it does',
  },
  {
    fits: /^The server does not support SSL/,
    words:
      'does not speak TLS. Turn TLS on there or, where nobody can listen in, write sslmode=disable in the address',
  },
  {
    fits: /^(SELF_SIGNED_CERT|DEPTH_ZERO|UNABLE_TO_|CERT_|ERR_TLS_)/,
    words:
      'shows a certificate that is not trusted. Name the file of its authority with sslrootcert in the address, and write the host as the certificate does',
  },
  {
    fits: /^E[A-Z_]+$|^(Connection terminated|timeout e)/,
    words: "can't be reached. Start it, or correct the address",
  },
  { fits: /^ERR_INVALID_URL$/, words: 'has an address with special characters in it. Percent-encode them' },
];

/**
 * The error with which a hub that can't open its PostgreSQL ends.
 *
 * @param shown The address without its secrets.
 */
export function explainOpening(error: unknown, shown: string): Error {
  if (error instanceof HubError) return error;
  if (!isNativeError(error)) return new Error(String(error));
  const code = error instanceof pg.DatabaseError ? error.code : systemErrorCode(error);
  const denied = error instanceof DatabaseError && error.kind === 'forbidden' ? '42501' : undefined;
  const clue = denied ?? code ?? error.message;
  const reason = reasons.find(({ fits }) => fits.test(clue));
  if (reason !== undefined) {
    const detail = code === undefined ? '' : ` (${code})`;
    return new HubError('store_unusable', `The PostgreSQL at ${shown} ${reason.words}${detail}.`);
  }
  if (!(error instanceof pg.DatabaseError) && !(error instanceof DatabaseError)) return error;
  return new HubError('store_unusable', `The PostgreSQL at ${shown} can't be used: ${error.message}.`);
}
