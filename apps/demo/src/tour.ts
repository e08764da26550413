import type { Demo } from './demo.js';
import type { DemoForge } from './forges/demo-forge.js';
import { fullName } from './forges/cast.js';
import type { AccountHolder } from './server/people.js';
import { accountHolders, demoPassword } from './server/people.js';

const remarks: Readonly<Record<AccountHolder, string>> = {
  maya: 'administrator, signed in to four of the five forges',
  tomas: 'member, with tokens',
  priya: 'member; one of her sign-ins needs attention',
  jonas: 'member, signed in to nothing yet',
};

/** What is printed when everything is there: where to go, who to be, what to try. */
export function tourOf({ url, forges }: Demo): string {
  return `
  anyforge is at  ${url}

  Sign in as                                  (the password of each: ${demoPassword})
${accountHolders.map((name) => `    ${name.padEnd(8)} ${fullName(name).padEnd(16)} ${remarks[name]}`).join('\n')}

  Forges, all simulated
${Object.values<DemoForge>({ ...forges })
  .map(({ name, simulator }) => `    ${name.padEnd(24)} ${simulator.webUrl}`)
  .join('\n')}
    A link to a forge's page that makes tokens leads to some that are made already.

  Five minutes, as maya
    1. Press Sync. GitLab Research is slow, GitLab lets you wait for half a minute, and Bitbucket Data Center,
       which failed last time, works again.
    2. Repositories: search for "portal", filter by permission, open one, see who may do what.
    3. Git providers: sign in to Bitbucket. Its page opens in a window: choose Maya, and authorize.
    4. Why do I not see this? Ask for halden-labs/tactile-skin at GitHub Enterprise.
    5. GitLab Research: its organization settings hide some repositories. Clean them up.
    6. Health: a week of syncs, and a sign-in that needs attention: Priya's.
    Then sign in as jonas, to whom everything is new.

  Ctrl-C ends everything.
`;
}
