import type { ForgeType } from './plan.js';

export type WorldChangeName =
  | 'rename'
  | 'transfer'
  | 'delete'
  | 'create first'
  | 'create last'
  | 'change level'
  | 'take level'
  | 'give level'
  | 'leave organization'
  | 'join organization'
  | 'change base'
  | 'make public'
  | 'make private'
  | 'demand single sign-on'
  | 'drop single sign-on';

const everywhere: readonly WorldChangeName[] = [
  'rename',
  'transfer',
  'delete',
  'delete',
  'create first',
  'create last',
  'change level',
  'change level',
  'take level',
  'give level',
  'leave organization',
  'join organization',
  'change base',
  'make public',
  'make private',
];

/** What may change at which forge; what is named twice is twice as likely. */
export const worldChangeNames: Readonly<Record<ForgeType, readonly WorldChangeName[]>> = {
  github: [...everywhere, 'demand single sign-on', 'drop single sign-on'],
  gitlab: everywhere,
  bitbucket: everywhere,
  'bitbucket-data-center': everywhere,
  gitea: everywhere,
};
