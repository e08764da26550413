// @ts-check

/**
 * What `jest --json` tells of one file.
 *
 * @typedef {object} FileResult
 * @property {string} name its path
 * @property {string} message
 * @property {readonly import('./matrix.js').TestOutcome[]} assertionResults
 */

/**
 * @typedef {object} JestResults
 * @property {boolean} success
 * @property {readonly FileResult[]} testResults
 */

/**
 * @param {string} json what Jest has written
 * @returns {JestResults}
 */
export function readJestResults(json) {
  return JSON.parse(json);
}

/**
 * Files that could not be run at all: they have no test that could fail.
 *
 * @param {JestResults} results
 * @returns {readonly FileResult[]}
 */
export function unrunnable({ testResults }) {
  return testResults.filter(
    ({ assertionResults, message }) => assertionResults.length === 0 && message !== '',
  );
}
