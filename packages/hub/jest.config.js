import preset from '../../jest.preset.js';

/** What is about one database alone stands in the folder of that database. */
const projects = [
  { database: 'sqlite', others: ['<rootDir>/src/store/postgres/'] },
  { database: 'postgres', others: ['<rootDir>/src/store/sqlite/'] },
];

/** The whole suite runs once on each database. */
export default {
  // Milliseconds: a server beside the tests shares the machine with them.
  testTimeout: 60_000,
  // They wait for the database more than they compute: two have room on two processors.
  maxWorkers: 2,
  projects: projects.map(({ database, others }) => ({
    ...preset,
    displayName: database,
    rootDir: import.meta.dirname,
    globals: { testDatabase: database },
    testPathIgnorePatterns: ['/node_modules/', ...others],
    globalSetup: `<rootDir>/src/testing/start-${database}.js`,
    globalTeardown: `<rootDir>/src/testing/stop-${database}.js`,
  })),
};
