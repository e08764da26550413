import type { PasswordLink } from '@anyforge/hub';
import { resetPassword } from '@anyforge/hub';
import { systemClock } from '@anyforge/provider-kit';
import { explain } from './explain.js';
import { createLogger } from './logger.js';
import { readSettings, SettingsError } from './settings.js';

const usage = 'Say whose password: npm run reset-password -- USERNAME';

try {
  const [username, ...more] = process.argv.slice(2);
  if (username === undefined || more.length > 0) throw new SettingsError(usage);
  const settings = readSettings(process.env);
  const link = await resetPassword(
    {
      dataDirectory: settings.dataDirectory,
      database: settings.databaseUrl === undefined ? undefined : { url: settings.databaseUrl },
      encryptionKey: settings.encryptionKey,
      oldEncryptionKeys: settings.oldEncryptionKeys,
      publicUrl: settings.publicUrl ?? `http://localhost:${settings.port}`,
      clock: systemClock,
      // What it has to say goes to whoever runs it.
      logger: createLogger('silent'),
    },
    username,
  );
  process.stdout.write(`${conclude(link)}\n`);
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}

function conclude({ url, expiresAt }: PasswordLink): string {
  return `Their password is gone, and with it their sessions, API tokens and connections. Until ${expiresAt.toISOString()} they choose another, once, at:\n${url}`;
}
