export const gitProviders = {
  title: 'Git Providers',
  list: 'Git providers',
  add: 'Add',
  search: 'Search git providers',
  found: (count: number) => (count === 1 ? '1 git provider' : `${count.toString()} git providers`),
  health: {
    syncNeeded: 'Its settings let more through than lists have. The next sync brings it',
    needAttention: (count: number) =>
      count === 1 ? '1 sign-in needs attention' : `${count.toString()} sign-ins need attention`,
  },
  empty: {
    title: 'There is no git provider yet',
    administrator:
      'Add the first one: where it is, and how people sign in there. Then everybody can sign in and see their repositories.',
    member: 'An administrator of this server adds them. As soon as there is one, you sign in to it here.',
  },
  nothingFound: {
    title: 'No git provider matches',
    description: 'Search for a part of its name or address.',
    action: 'Show all',
  },
};
