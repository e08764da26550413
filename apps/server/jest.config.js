import preset from '../../jest.preset.js';

/** Where no spec starts a server: once is enough. */
const withoutDatabase = ['http', 'metrics', 'settings'].map((folder) => `<rootDir>/src/${folder}/`);

/** What is about one database alone says so in its name. */
const projects = [
  { database: 'sqlite', others: ['postgres\\.spec\\.ts$'] },
  { database: 'postgres', others: ['sqlite\\.spec\\.ts$', ...withoutDatabase] },
];

/** What starts a server runs once on each database. */
export default {
  // Real servers at real forges, and passwords that are slow to hash: half a minute is short on a busy machine.
  testTimeout: 60_000,
  // They wait for the database and for each other's servers more than they compute: two have room on two processors.
  maxWorkers: 2,
  projects: projects.map(({ database, others }) => ({
    ...preset,
    displayName: database,
    rootDir: import.meta.dirname,
    globals: { testDatabase: database },
    testPathIgnorePatterns: ['/node_modules/', ...others],
    globalSetup: `<rootDir>/../../packages/hub/src/testing/start-${database}.js`,
    globalTeardown: `<rootDir>/../../packages/hub/src/testing/stop-${database}.js`,
  })),
};
