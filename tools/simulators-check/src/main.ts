import { stat } from 'node:fs/promises';
import { amend } from './amend.js';
import type { OperationVerdict } from './check-profile.js';
import { checkProfile, isBad } from './check-profile.js';
import type { Description } from './description.js';
import { readDescription } from './description.js';
import type { Profile } from './exchange.js';
import { profiles } from './profiles.js';
import { report } from './report.js';

const usage = 'Usage: npm run simulators:check -- DIR, where DIR has the vendors’ descriptions';

try {
  process.exitCode = await run(process.argv[2]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

/** @returns 1 when something failed or was left unchecked */
async function run(folder: string | undefined): Promise<number> {
  if (folder === undefined) throw new Error(usage);
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true) throw new Error(`There is no folder ${folder}. ${usage}`);
  const described: { readonly profile: Profile; readonly description: Description }[] = [];
  for (const profile of profiles)
    described.push({
      profile,
      description: amend(await readDescription(folder, profile.file), profile.amendments ?? []),
    });
  const verdicts: OperationVerdict[] = [];
  for (const { profile, description } of described)
    verdicts.push(...(await checkProfile(profile, description)));
  console.log(report(verdicts));
  return verdicts.some(isBad) ? 1 : 0;
}
