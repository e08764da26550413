import { locale } from './relative-time.js';

const number = (count: number) => count.toLocaleString(locale);

export const health = {
  title: 'Health',
  description: 'How the git providers of this server are doing. Nobody’s repositories or names are shown.',
  refresh: 'Refresh',
  statuses: {
    good: 'Good',
    attention: 'Needs attention',
    unused: 'Nobody signed in',
  },
  connections: 'Connections',
  needAttention: 'Need to sign in again',
  lastCompleted: 'Last complete list',
  lastFailure: 'Last failure',
  noFailure: 'None known',
  never: 'None yet',
  open: (provider: string) => `Settings of ${provider}`,
  rateBudgets: 'Rate limits',
  noBudgets: 'Nothing is known yet: the git provider has named no limits, or nobody has used it lately.',
  allRequests: 'All requests',
  budget: (remaining: number, limit: number) => `${number(remaining)} of ${number(limit)} left`,
  budgetLabel: (name: string) => `${name}: left of the rate limit`,
  budgetPer: {
    credential: 'your account',
    application: 'everybody who uses the OAuth application',
    address: 'this server’s address',
  },
  budgetFor: (whom: string) => `For ${whom}`,
  resets: 'Full again',
  chart: {
    title: 'Syncs over time',
    nothing: 'No sync has ended in this time.',
    summary: (succeeded: number, failed: number, days: number) =>
      `Last ${days} days: ${number(succeeded)} succeeded, ${number(failed)} failed`,
    succeeded: 'Succeeded',
    failed: 'Failed',
    cancelled: 'Cancelled',
    daysAgo: (days: number) => `${days} days ago`,
    now: 'Now',
    showTable: 'Show as a table',
    hideTable: 'Hide the table',
    time: 'Time',
    median: 'Median time taken',
    duration: (ms: number) =>
      ms < 1000
        ? `${number(Math.round(ms))} ms`
        : `${(ms / 1000).toLocaleString(locale, { maximumFractionDigits: 1 })} s`,
    unknown: 'Not known',
  },
  empty: {
    title: 'There are no git providers yet',
    description: 'Add one, and its health shows here.',
    action: 'Add git provider',
  },
};
