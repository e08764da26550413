import type { MovedRows, MovedStore } from '@anyforge/hub';
import { moveToPostgres } from '@anyforge/hub';
import { systemClock } from '@anyforge/provider-kit';
import { explain } from './explain.js';
import type { Settings } from './settings.js';
import { readSettings, SettingsError } from './settings.js';

try {
  const settings = readSettings(process.env);
  if (settings.databaseUrl === undefined) {
    throw new SettingsError('DATABASE_URL is needed: the address of the PostgreSQL to move to.');
  }
  const moved = await moveToPostgres({
    dataDirectory: settings.dataDirectory,
    database: { url: settings.databaseUrl },
    now: () => systemClock.now(),
    onTable: tell,
  });
  process.stdout.write(`${conclude(moved, settings)}\n`);
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}

function tell({ table, rows, checksum }: MovedRows): void {
  process.stdout.write(
    `${table}: ${rows === 1 ? '1 row' : `${String(rows)} rows`}, checksum ${checksum} in both\n`,
  );
}

function conclude({ shown, mark }: MovedStore, settings: Settings): string {
  const key =
    settings.encryptionKey === undefined
      ? `The encryption key stays in ${settings.dataDirectory}/encryption.key: keep DATA_DIR, or give every server the key as ENCRYPTION_KEY.`
      : 'Give every server the same ENCRYPTION_KEY as before.';
  return [
    `Everything is in ${shown} now. Start the server with the same DATABASE_URL.`,
    key,
    `The data in the folder is as it was, for a back-up of this version; ${mark} keeps servers from starting on it by mistake.`,
  ].join('\n');
}
