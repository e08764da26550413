import { locale } from './relative-time.js';

const number = (count: number) => count.toLocaleString(locale);

export const repository = {
  back: 'All repositories',
  facts: 'Facts',
  gitProvider: 'Git provider',
  organization: 'Organization',
  visibility: 'Visibility',
  permission: 'My permission',
  defaultBranch: 'Default branch',
  activity: 'Last activity',
  observed: 'Last seen by a sync',
  forgeId: 'Id at the git provider',
  open: (provider: string) => `Open on ${provider}`,
  clone: 'Clone',
  https: 'HTTPS',
  ssh: 'SSH',
  copyCommand: (protocol: string) => `Copy the ${protocol} command`,
  notFound: {
    title: 'This repository is not in your list',
    description: 'It may have been renamed or deleted, or you may no longer reach it.',
    action: 'Find out why',
  },
  permissions: {
    title: 'Who may do what',
    asked: 'Asked',
    askedHow: 'with your own sign-in: as far as it may know.',
    askAgain: 'Ask again',
    asking: 'Asking the git provider',
    account: 'Account',
    permission: 'Permission',
    via: 'Through',
    viaUnknown: 'Not told',
    viaWords: {
      direct: 'Given directly',
      group: 'A group or team',
      inherited: 'Inherited from above',
      shared: 'Shared with a group',
      public: 'Open to everybody',
    },
    kinds: { user: 'Person', bot: 'Bot', token: 'Token' },
    mine: 'You',
    count: (count: number) => (count === 1 ? '1 account' : `${number(count)} accounts`),
    more: (count: number) => `Show ${number(count)} more`,
    empty: 'The git provider names nobody.',
  },
};
