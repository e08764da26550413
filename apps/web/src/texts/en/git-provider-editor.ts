export const gitProviderEditor = {
  title: 'Add git provider',
  intro: 'Connect another place where your repositories are. Nothing is saved before the end of this page.',
  add: 'Add git provider',
  update: 'Update',
  cancel: 'Cancel',
  section: (number: number, title: string) => `${number}. ${title}`,
  added: (name: string) => `${name} was added`,
  addedAs: (username: string) =>
    `You are signed in as ${username}, and your repositories are being synchronized.`,
  addedWithout: 'People can sign in to it now.',
  signInDropped: 'The sign-in of the test belongs to other settings, so it was ended. Sign in from the list.',
  updated: (name: string) => `${name} was updated`,
  incomplete: 'Something is not right yet. Look at what is marked.',
  draftGone: {
    title: 'What you typed here is gone',
    description: 'It is kept for two hours after the last change. Start again.',
  },
  notThere: {
    title: 'There is no such git provider',
    description: 'It may have been deleted.',
    failed: 'The git provider could not be loaded',
    back: 'All git providers',
  },
  pluginGone: {
    title: 'Its settings can’t be shown',
    description: (type: string) =>
      `The plugin for the type ${type} is not installed on this server. Install it again, or delete the git provider.`,
  },
  type: {
    title: 'Type',
    description: 'Which kind of git provider is it?',
    fixed: 'Once the git provider is created, you won’t be able to change its type.',
    chooseFirst: 'Choose a type to go on.',
    documentation: (name: string) => `Documentation of ${name}`,
  },
  general: {
    title: 'General settings',
    name: 'Name',
    nameDescription: 'What people see in lists. It has to be unique.',
    type: 'Type',
    selfHostedDescription: (cloud: string) => `Off: ${cloud}.`,
    advanced: 'Advanced settings',
  },
  oauth: {
    title: 'OAuth',
    description:
      'Lets people sign in with one click. Register anyforge as an application there, and copy what it gives you.',
    leaveOut: 'You can leave this out: people then sign in with tokens.',
    none: 'This kind of git provider has no OAuth applications: people sign in with tokens.',
    help: 'How to register',
    register: 'Open the page to register',
    enterThere: 'Enter there:',
    copy: (label: string) => `Copy ${label}`,
    addressFirst:
      'Give the address first: this then shows where to register anyforge, and what to enter there.',
  },
  test: {
    title: 'Test',
    description: 'Checks what you typed, step by step, and signs you in. Nothing is saved by it.',
    run: 'Run test',
    stop: 'Stop',
    runs: 'The test runs.',
    steps: 'Steps of the test',
    remembered: 'You may be asked only once to authorize it: many git providers remember that you agreed.',
    signedInAs: (username: string) => `Signed in as ${username}`,
    signIn: 'Sign in',
    windowOpen: 'Go on in the window that has opened.',
    windowClosed: 'The window was closed before you were signed in.',
    reopen: 'Open it again',
    compare:
      'If it complains about the redirect URL, compare the one that is registered there with this one, letter by letter:',
    redirectUrl: 'Redirect URL',
    changed: 'You have changed something since. Run the test again.',
    statuses: {
      pending: 'to come',
      running: 'running',
      passed: 'passed',
      failed: 'failed',
      skipped: 'skipped',
      waiting: 'waiting for you',
    },
  },
  token: {
    title: 'Sign in with a token',
    instead: 'Use a token instead',
    description: 'It is used for the test. If you save, it becomes your own connection.',
    use: 'Use this token',
  },
  organizations: {
    title: 'Organization settings',
  },
  synchronization: {
    title: 'Synchronization',
    policy: 'While a sync runs',
    policies: {
      staged: {
        label: 'Keep the last complete list',
        description: 'People go on seeing what they saw until the new list is complete. Best for most.',
      },
      'revoke-first': {
        label: 'Start with nothing',
        description:
          'People see a repository again only once it is confirmed. Whoever cancels a sync has an incomplete list until the next one.',
      },
    },
    schedule: 'Synchronize on a schedule',
    scheduleDescription:
      'Off: lists are synchronized when people sign in or press Sync. That is kind to the git provider’s limits.',
    every: 'Every',
    intervals: {
      15: '15 minutes',
      60: 'hour',
      360: '6 hours',
      720: '12 hours',
      1440: 'day',
      10080: 'week',
    },
    otherInterval: (minutes: number) => `${minutes} minutes`,
  },
  leave: {
    title: 'Leave this page?',
    description:
      'What you typed is not saved and will be forgotten. A sign-in that you made for the test ends.',
    confirm: 'Leave',
  },
  parks: {
    title: 'People will have to sign in again',
    description: (count: number) =>
      count === 1
        ? 'The sign-in of 1 person was made for the former address or application. It is not used with the new one: this person has to sign in again.'
        : `The sign-ins of ${count} people were made for the former address or application. They are not used with the new one: these people have to sign in again.`,
  },
  conflict: {
    title: 'Somebody else has changed this git provider meanwhile',
    who: (username: string) => `${username} saved changes`,
    nobody: 'Changes were saved',
    changed: 'It is about:',
    differences: 'What is saved now differs from this page in:',
    choose: 'Tick what stays as it is on this page. Everything else is loaded as it is saved.',
    keepChosen: 'Load the rest, keep what is ticked',
    nothing: 'It is about nothing that you see on this page.',
    merge: 'Load the changes, keep what I typed',
    discard: 'Load the changes, forget what I typed',
    settings: {
      name: 'Name',
      organizations: 'Locked organizations',
      patterns: 'Patterns',
      syncPolicy: 'What is visible while a sync runs',
      schedule: 'Schedule',
    },
  },
  delete: {
    title: 'Delete',
    description:
      'Deletes it here with everything that belongs to it: people’s sign-ins and tokens, permissions and repositories. At the git provider itself nothing changes.',
    button: 'Delete',
    dialogTitle: (name: string) => `Delete ${name}?`,
    dialogDescription: (connections: number) =>
      connections === 0
        ? 'Nobody is signed in to it. Its repositories and permissions are deleted here. This can’t be undone.'
        : connections === 1
          ? '1 person is signed in to it and loses the sign-in. Repositories and permissions are deleted here. This can’t be undone.'
          : `${connections} people are signed in to it and lose their sign-ins. Repositories and permissions are deleted here. This can’t be undone.`,
    deleted: (name: string) => `${name} was deleted`,
  },
};
