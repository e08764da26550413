import type { CastName } from '../forges/cast.js';
import { fullName } from '../forges/cast.js';
import { Visitor } from './visitor.js';

/** Everybody's, in the demo. */
export const demoPassword = 'a walk in the forest';

/** Who has an account on the server; the first is its administrator. */
export const accountHolders = ['maya', 'tomas', 'priya', 'jonas'] as const satisfies readonly CastName[];

export type AccountHolder = (typeof accountHolders)[number];
export type Visitors = Readonly<Record<AccountHolder, Visitor>>;

/** Signs the administrator in, whom the server has made as it started, and makes the others' accounts. */
export async function addPeople(publicUrl: string): Promise<Visitors> {
  const maya = new Visitor(publicUrl);
  await maya.api.POST('/session', { body: { username: 'maya', password: demoPassword } });
  await maya.api.PATCH('/account', { body: { displayName: fullName('maya') } });
  const join = async (username: AccountHolder): Promise<Visitor> => {
    const invited = await maya.api.POST('/people', {
      body: { username, displayName: fullName(username), role: 'member' },
    });
    const token = new URL(invited.link.url).hash.slice(1);
    const visitor = new Visitor(publicUrl);
    await visitor.api.POST('/password-links/use', { body: { token, password: demoPassword } });
    return visitor;
  };
  const [tomas, priya, jonas] = await Promise.all([join('tomas'), join('priya'), join('jonas')]);
  return { maya, tomas, priya, jonas };
}
