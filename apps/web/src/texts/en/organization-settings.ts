export const organizationSettings = {
  description: 'Decide which repositories people see.',
  signInFirst: 'To choose organizations you have to be signed in: the list is what your own account sees.',
  testFirst:
    'Run the test first: the organizations that you can choose from are those that your account sees.',
  signInAgain: 'Your sign-in has ended. Sign in again to choose organizations.',
  lock: 'Lock repositories to organizations',
  lockDescription: 'Only repositories of these, and of everything that is under them, are listed.',
  lockPlaceholder: 'Search organizations',
  none: 'No organization matches.',
  noneAtAll: 'Your account sees no organization there.',
  personal: 'Without a lock, people’s personal repositories are listed, too.',
  omitted: {
    title: 'Some organizations can’t be chosen yet',
    sso_required: (path: string) => `${path} asks for its single sign-on first.`,
    organization_restricted: (path: string) => `${path} has to let this application in first.`,
    forbidden: (path: string) => `${path} does not let your account in.`,
    unnamed: 'An organization',
    link: 'Grant access',
    linkTo: (path: string) => `Grant access to ${path}`,
    refresh: 'Look again',
  },
  patterns: {
    title: 'Patterns',
    description:
      'Narrow the list further by repository path. The last pattern that matches decides; a pattern that begins with ! hides.',
    example: 'acme/** or !acme/legacy-*',
    label: (position: number) => `Pattern ${position}`,
    add: 'Add a pattern',
    remove: (position: number) => `Remove pattern ${position}`,
    up: (position: number) => `Move pattern ${position} up`,
    down: (position: number) => `Move pattern ${position} down`,
    moved: (position: number, count: number) => `Moved to position ${position} of ${count}`,
  },
  preview: {
    title: 'Preview',
    description: 'Of the repositories that are stored now.',
    total: (kept: number, total: number) => `${kept} of ${total} kept`,
    hidden: (count: number) => `${count} hidden`,
    rule: 'Rule',
    keptColumn: 'Kept',
    hiddenColumn: 'Hidden',
    outside: 'In none of the organizations',
    unmatched: 'Matched by no pattern',
    samplesKept: 'Kept, for example',
    samplesHidden: 'Hidden, for example',
    knownOnlyAfterSync:
      'There may be more: what earlier settings kept from being listed is only known after the next sync.',
    empty: 'Nothing is stored yet. Sign in and synchronize to see what these settings do.',
    notYet: 'There is a preview once the git provider is added and repositories are synchronized.',
    wrong: 'Correct the pattern that is marked to see what the settings do.',
    updating: 'Counting',
  },
  cleanUp: {
    title: 'Clean up',
    button: 'Clean up repositories',
    description:
      'Deletes stored repositories that the saved settings hide. Nothing is changed at the git provider.',
    nothing: 'There is nothing to clean up.',
    saveFirst: 'Save the settings first.',
    dialogTitle: (count: number) => (count === 1 ? 'Delete 1 repository?' : `Delete ${count} repositories?`),
    dialogDescription: (count: number) =>
      count === 1
        ? '1 stored repository is outside the settings. It is deleted here, with everybody’s permissions on it; at the git provider nothing changes.'
        : `${count} stored repositories are outside the settings. They are deleted here, with everybody’s permissions on them; at the git provider nothing changes.`,
    done: (count: number) =>
      count === 1 ? '1 repository was cleaned up' : `${count} repositories were cleaned up`,
  },
};
