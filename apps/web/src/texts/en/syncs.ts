import { locale } from './relative-time.js';

const number = (count: number) => count.toLocaleString(locale);
const names = (list: readonly string[]) => new Intl.ListFormat(locale).format(list);

export const syncs = {
  title: 'Syncs',
  description: 'Your latest syncs, with what each git provider answered.',
  sync: 'Sync',
  syncNow: 'Sync everything that I am signed in to',
  cancel: 'Cancel',
  cancelSync: 'Cancel the sync',
  syncing: (done: number, all: number) => `Syncing ${done}/${all}`,
  announceProgress: (done: number, all: number) => `Syncing: ${done} of ${all} git providers done`,
  neverSynced: 'Not synced yet',
  details: 'Details of the sync',
  latest: 'Latest sync',
  allSyncs: 'All my syncs',
  unknownProvider: 'A git provider that is gone',
  states: {
    queued: 'Waiting for its turn',
    running: 'Syncing',
    waiting: 'Waiting',
    succeeded: 'Done',
    failed: 'Failed',
    cancelled: 'Cancelled',
    interrupted: 'Interrupted',
  },
  listed: (count: number) => (count === 1 ? '1 repository' : `${number(count)} repositories`),
  listedOf: (count: number, total: number) => `${number(count)} of ${number(total)} repositories`,
  progressOf: (provider: string) => `Progress of ${provider}`,
  goesOn: 'It goes on by itself at',
  hasHadEnough: (provider: string) => `${provider} has had enough requests for the moment.`,
  waitsFor: (message: string) => `Waits: ${message}`,
  interrupted: 'The server stopped again and again while it ran. Sync again.',
  omitted: (organizations: readonly string[]) => `Left out: ${names(organizations)}`,
  omittedWithoutName: 'an organization',
  lookThere: 'Open the page that helps',
  started: 'Started',
  took: (seconds: number) =>
    seconds < 1
      ? 'less than a second'
      : seconds < 60
        ? `${number(seconds)} s`
        : `${number(Math.floor(seconds / 60))} min ${seconds % 60} s`,
  tookLabel: 'Took',
  ends: {
    succeeded: {
      title: 'Sync done',
      message: (count: number) =>
        count === 1
          ? 'Your list of 1 git provider is up to date.'
          : `Your lists of ${count} git providers are up to date.`,
    },
    failed: {
      title: 'Sync ended with problems',
      message: (failed: readonly string[], succeeded: number) =>
        succeeded === 0
          ? `${names(failed)} could not be synced.`
          : `${names(failed)} could not be synced; ${succeeded === 1 ? '1 other is' : `${succeeded} others are`} up to date.`,
    },
    cancelled: {
      title: 'Sync cancelled',
      message: (succeeded: number) =>
        succeeded === 0
          ? 'What you see stays as it was.'
          : `${succeeded === 1 ? '1 list is' : `${succeeded} lists are`} up to date; the others stay as they were.`,
    },
  },
  empty: {
    title: 'No syncs yet',
    description: 'A sync starts when you sign in to a git provider, or when you press Sync.',
  },
};
