// @ts-check
import { drawMatrix, toMatrix, whyWorthless } from './matrix.js';

/**
 * What Jest tells of one file.
 *
 * @typedef {object} FileResult
 * @property {string} testFilePath
 * @property {readonly import('./matrix.js').TestOutcome[]} testResults
 * @property {unknown} [testExecError] why the file could not be run at all
 * @property {string | null} [failureMessage]
 */

/** Prints what adapters prove, forge by case, after Jest has run their contract or their mutants. */
export default class MatrixReporter {
  /** @type {Error | undefined} */
  #error;
  /** @type {'contract' | 'mutants'} */
  #suite;

  /**
   * @param {{ readonly testNamePattern?: string }} globalConfig the pattern tells which of the two was asked for
   */
  constructor({ testNamePattern = '' }) {
    this.#suite = testNamePattern.includes('mutants') ? 'mutants' : 'contract';
  }

  /**
   * @param {unknown} _contexts
   * @param {{ readonly testResults: readonly FileResult[] }} results
   */
  onRunComplete(_contexts, { testResults }) {
    const outcomes = testResults.flatMap((file) => file.testResults);
    const matrix = toMatrix(this.#suite, outcomes);
    process.stdout.write(`\n${drawMatrix(this.#suite, matrix)}`);
    // A file that cannot be run at all has no test that could fail.
    const broken = testResults.filter(({ testExecError }) => testExecError !== undefined);
    for (const { testFilePath, failureMessage } of broken)
      process.stdout.write(`\n${testFilePath} could not be run: ${failureMessage ?? ''}\n`);
    const worthless = whyWorthless(this.#suite, matrix);
    if (worthless !== undefined) this.#error = new Error(worthless);
    if (worthless !== undefined) process.stdout.write(`\n${worthless}\n`);
  }

  /** What makes Jest fail although every test that was run has passed. */
  getLastError() {
    return this.#error;
  }
}
