import { locale } from './relative-time.js';

const number = (count: number) => count.toLocaleString(locale);
const repositoriesOf = (count: number) => (count === 1 ? '1 repository' : `${number(count)} repositories`);

export const repositories = {
  title: 'Repositories',
  count: repositoriesOf,
  countOfFilter: (count: number) => `${repositoriesOf(count)} ${count === 1 ? 'matches' : 'match'}`,
  listLabel: 'My repositories',
  searchLabel: 'Search repositories',
  searchPlaceholder: 'Search by path',
  searchShortcut: (keys: string) => `Press ${keys} to search`,
  missing: 'Is one missing?',
  clearSearch: 'Clear the search',
  filters: 'Filters',
  filtersActive: (count: number) => `Filters (${count})`,
  filter: {
    search: 'Search',
    gitProvider: 'Git provider',
    organization: 'Organization',
    permission: 'Permission',
    visibility: 'Visibility',
    archived: 'Archived',
  },
  anything: {
    gitProvider: 'All git providers',
    organization: 'All organizations',
    permission: 'Any permission',
    visibility: 'Any visibility',
    archived: 'Archived or not',
  },
  archivedChoices: { true: 'Only archived', false: 'Not archived' },
  organizationHint: 'With all that is below it, such as acme or acme/platform',
  activeFilters: 'Active filters',
  removeFilter: (filter: string) => `Remove filter ${filter}`,
  clearFilters: 'Clear filters',
  unknownProvider: 'A git provider that is gone',
  atLeast: (level: string) => `${level} or more`,
  onlyUnknown: 'Unknown only',
  sortLabel: 'Sort by',
  sorts: {
    path: { asc: 'Path, A to Z', desc: 'Path, Z to A' },
    name: { asc: 'Name, A to Z', desc: 'Name, Z to A' },
    updatedAt: { asc: 'Least recent activity', desc: 'Latest activity' },
    level: { asc: 'Lowest permission', desc: 'Highest permission' },
  },
  columns: {
    path: 'Repository',
    visibility: 'Visibility',
    permission: 'My permission',
    defaultBranch: 'Default branch',
    activity: 'Last activity',
    actions: 'Actions',
  },
  visibility: { public: 'Public', internal: 'Internal', private: 'Private' },
  levels: {
    none: 'None',
    read: 'Read',
    triage: 'Triage',
    write: 'Write',
    maintain: 'Maintain',
    admin: 'Admin',
    unknown: 'Unknown',
  },
  nativeWord: (provider: string, word: string) => `${provider} says: ${word}`,
  permissionUnknown: (reason: string) => `Not known: ${reason}`,
  archived: 'Archived',
  fork: 'Fork',
  notKnown: 'Not known',
  cloneOf: (path: string) => `Clone ${path}`,
  cloneHttps: 'Copy HTTPS address',
  cloneSsh: 'Copy SSH address',
  copied: (what: string) => `Copied ${what}`,
  copyFailed: 'The browser did not allow copying. Open the repository and copy the command there.',
  noClone: 'The git provider gave no address to clone from.',
  openOn: (path: string, provider: string) => `Open ${path} on ${provider}`,
  empty: {
    noProviders: {
      title: 'There are no git providers yet',
      administrator: 'Add the first one, sign in to it, and your repositories appear here.',
      member:
        'Ask an administrator of this server to add one. Then sign in to it, and your repositories appear here.',
      action: 'Add git provider',
    },
    notSignedIn: {
      title: 'Sign in to see your repositories',
      description:
        'You are not signed in to any git provider yet. Your repositories appear here as soon as you are.',
      action: 'Go to Git Providers',
    },
    syncing: {
      title: 'Your first repositories are coming',
      description:
        'The sync is running. They appear here as soon as a list is complete; you need not wait on this page.',
    },
    filtered: {
      title: 'No repository matches',
      description: 'Nothing in your list passes all of the filters.',
    },
    nothing: {
      title: 'No repositories yet',
      description:
        'Your accounts reach no repository that this server lists. If you were given access just now, sync again.',
    },
    whySearched: (search: string) => `Looking for ${search}? Why don’t I see it?`,
    why: 'Looking for one in particular? Why don’t I see it?',
  },
  notices: {
    attention: (provider: string) =>
      `${provider} needs you to sign in again. Until then its repositories are not kept up to date.`,
    failed: (provider: string, message: string) => `The last sync of ${provider} failed: ${message}`,
    listOf: 'You see the list that was complete',
    noList: 'There is no complete list yet.',
    goToProviders: 'Go to Git Providers',
    omitted: {
      sso_required: (organization: string, provider: string) =>
        `${organization} on ${provider} is left out: it asks for its single sign-on first.`,
      organization_restricted: (organization: string, provider: string) =>
        `${organization} on ${provider} is left out: it has to let this application in first.`,
      forbidden: (organization: string, provider: string) =>
        `${organization} on ${provider} is left out: it does not let your account in.`,
    },
    someOrganization: 'An organization',
    lookThere: 'Open its page',
  },
};
