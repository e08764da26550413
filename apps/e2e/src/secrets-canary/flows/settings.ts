import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stage } from '../stage.js';

/** Starts that fail, because of settings that hold secrets. */
export async function failToStart(stage: Stage): Promise<void> {
  const secret = stage.invent('secret in a wrong setting');
  const inAddress = encodeURIComponent(secret);
  const file = join(stage.folder, 'secret-settings.json');
  await writeFile(
    file,
    JSON.stringify({ ENCRYPTION_KEY: secret, [secret]: secret, ADMIN_PASSWORD: [secret] }),
  );
  const brokenFile = join(stage.folder, 'broken-settings.json');
  await writeFile(brokenFile, `{"ENCRYPTION_KEY": "${secret}`);
  const failures: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'a key that is none': { ENCRYPTION_KEY: secret },
    'an earlier key that is none': { ENCRYPTION_KEYS_OLD: secret },
    'a database that is none': { DATABASE_URL: `mysql://anyforge:${inAddress}@127.0.0.1/anyforge` },
    'a database that does not answer': {
      DATABASE_URL: `postgres://anyforge:${inAddress}@127.0.0.1:1/anyforge`,
    },
    'a proxy that is none': { PROXY_URL: `ftp://anyforge:${inAddress}@127.0.0.1:1` },
    'a public address with a password': { PUBLIC_URL: `https://anyforge:${inAddress}@forge.example` },
    'a password without a name': { ADMIN_PASSWORD: secret },
    'a file of settings that are wrong': { ANYFORGE_CONFIG: file },
    'a file that is no JSON': { ANYFORGE_CONFIG: brokenFile },
    'the same setting twice': { ENCRYPTION_KEY: secret, ENCRYPTION_KEY_FILE: file },
  };
  for (const [what, settings] of Object.entries(failures)) await stage.failToStart(what, settings);
}
