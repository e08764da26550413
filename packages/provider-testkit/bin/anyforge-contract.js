#!/usr/bin/env node
// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const usage = `anyforge-contract [contract|mutants] [folder…]

Runs the contract.spec files of the packages in these folders with Jest, and prints forge by case
which cases of the contract pass, or which mutants are caught. The folder is this one by default.
`;

const [suite = 'contract', ...folders] = process.argv.slice(2);
if (suite !== 'contract' && suite !== 'mutants') {
  process.stderr.write(usage);
  process.exit(2);
}

const packages = (folders.length === 0 ? ['.'] : folders)
  .map((folder) => resolve(folder))
  .filter((folder) => existsSync(join(folder, 'src')) && hasContract(folder));
if (packages.length === 0) {
  process.stderr.write('None of these folders is a package with a contract.spec file.\n');
  process.exit(1);
}

const jest = createRequire(join(process.cwd(), 'package.json')).resolve('jest/bin/jest');
const reporter = fileURLToPath(new URL('../report/jest-reporter.js', import.meta.url));
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    jest,
    ...['--projects', ...packages],
    ...['--reporters', reporter],
    ...['--testPathPatterns', 'contract\\.spec\\.'],
    ...['--testNamePattern', `^${suite}: `],
  ],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);

/** @param {string} folder */
function hasContract(folder) {
  return readdirSync(join(folder, 'src'), { recursive: true }).some((name) =>
    /(^|[\\/])contract\.spec\.[jt]s$/.test(String(name)),
  );
}
