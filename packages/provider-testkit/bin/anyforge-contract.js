#!/usr/bin/env node
// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { readJestResults, unrunnable } from '../report/jest-results.js';
import { drawMatrix, toMatrix, whyWorthless } from '../report/matrix.js';

const usage = `anyforge-contract [contract|mutants] [folder…]

Runs the contract.spec files of the packages in these folders with Jest, and prints forge by case
which cases of the contract pass, or which mutants are caught. The folder is this one by default.
`;

/** Resolved from where the command is called: not ours. */
const jest = 'jest/bin/jest';

const [suite = 'contract', ...folders] = process.argv.slice(2);
if (suite === '--help' || suite === '-h') {
  process.stdout.write(usage);
  process.exit(0);
}
if (suite !== 'contract' && suite !== 'mutants') {
  process.stderr.write(usage);
  process.exit(2);
}

const named = folders.length === 0 ? ['.'] : folders;
const without = named.filter((folder) => !hasContract(resolve(folder)));
if (without.length > 0) fail(`There is no contract.spec file in ${without.join(', ')}.`);
const packages = named.map((folder) => realpathSync(folder));

const folder = mkdtempSync(join(tmpdir(), 'anyforge-contract-'));
try {
  process.exitCode = report(suite, runJest(suite, join(folder, 'results.json')));
} finally {
  rmSync(folder, { recursive: true });
}

/**
 * @param {'contract' | 'mutants'} suite
 * @param {string} outputFile
 * @returns {import('../report/jest-results.js').JestResults}
 */
function runJest(suite, outputFile) {
  const { stderr } = spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      findJest(),
      ...['--projects', ...packages],
      ...['--testPathPatterns', 'contract\\.spec\\.'],
      ...['--testNamePattern', `^${suite}: `],
      ...['--json', '--outputFile', outputFile],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', maxBuffer: Infinity },
  );
  // Jest writes it last: a test that ends the process, with whatever code, leaves none.
  if (!existsSync(outputFile)) fail(`${stderr}\nJest ended before it had run everything.`);
  return readJestResults(readFileSync(outputFile, 'utf8'));
}

/**
 * @param {'contract' | 'mutants'} suite
 * @param {import('../report/jest-results.js').JestResults} results
 * @returns {number} what to exit with
 */
function report(suite, results) {
  const matrix = toMatrix(
    suite,
    results.testResults.flatMap(({ assertionResults }) => assertionResults),
  );
  process.stdout.write(`\n${drawMatrix(suite, matrix)}`);
  for (const { name, message } of unrunnable(results))
    process.stdout.write(`\n${name} could not be run: ${message}\n`);
  const silent = packages.filter((folder) => !hasOutcome(results, folder));
  const worthless =
    silent.length > 0 ? `Nothing was run in ${silent.join(', ')}.` : whyWorthless(suite, matrix);
  if (worthless !== undefined) process.stdout.write(`\n${worthless}\n`);
  return results.success && worthless === undefined ? 0 : 1;
}

/**
 * @param {import('../report/jest-results.js').JestResults} results
 * @param {string} folder
 */
function hasOutcome({ testResults }, folder) {
  return testResults.some(
    ({ name, assertionResults }) =>
      name.startsWith(folder + sep) && toMatrix('contract', assertionResults).subjects.length > 0,
  );
}

/** The Jest of the package that is tested. */
function findJest() {
  try {
    return createRequire(join(process.cwd(), 'package.json')).resolve(jest);
  } catch {
    return fail(
      'Jest is not installed here: npm install --save-dev jest @jest/globals, and for TypeScript @swc/core @swc/jest.',
    );
  }
}

/** @param {string} folder */
function hasContract(folder) {
  const source = join(folder, 'src');
  return (
    existsSync(source) &&
    readdirSync(source, { recursive: true }).some((name) =>
      /(^|[\\/])contract\.spec\.[jt]s$/.test(String(name)),
    )
  );
}

/**
 * @param {string} words
 * @returns {never}
 */
function fail(words) {
  process.stderr.write(`${words}\n`);
  process.exit(1);
}
