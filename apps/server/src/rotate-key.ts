import type { Reencryption, ReencryptionProgress } from '@anyforge/hub';
import { rotateEncryptionKey } from '@anyforge/hub';
import { systemClock } from '@anyforge/provider-kit';
import { explain } from './explain.js';
import type { Settings } from './settings.js';
import { readSettings } from './settings.js';

try {
  const settings = readSettings(process.env);
  const done = await rotateEncryptionKey({
    dataDirectory: settings.dataDirectory,
    database: settings.databaseUrl === undefined ? undefined : { url: settings.databaseUrl },
    encryptionKey: settings.encryptionKey,
    oldEncryptionKeys: settings.oldEncryptionKeys,
    now: () => systemClock.now(),
    onProgress: tell,
  });
  process.stdout.write(`${conclude(done, settings)}\n`);
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}

function tell({ table, column, done, total }: ReencryptionProgress): void {
  process.stdout.write(`${table}.${column}: ${done} of ${total}\n`);
}

function conclude({ reencrypted, keyId, retired }: Reencryption, settings: Settings): string {
  const now = `Every stored secret is encrypted with key ${keyId} now; ${reencrypted} were not before.`;
  if (retired.length > 0) {
    const whereTo =
      settings.encryptionKey === undefined
        ? 'The data folder keeps it behind the new one until the next change'
        : 'Take it out of the settings';
    return `${now}\nNothing is encrypted with ${retired.join(', ')} any more. ${whereTo}; keep a copy of it as long as back-ups from before this.`;
  }
  if (settings.encryptionKey === undefined) return now;
  return `${now}\nTo change the key, set a new one as ENCRYPTION_KEY and the one of today among ENCRYPTION_KEYS_OLD: docs/encryption.md.`;
}
