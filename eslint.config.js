// @ts-check
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import hooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import {
  boundaryOptions,
  hubEntriesOfProviderKit,
  noInputOutput,
  noSdks,
  noTestEntries,
  noTsyringe,
  testFiles,
  tsyringePlaces,
  wireReaders,
} from './tools/workspace/src/boundaries.js';

/** @param {...{ regex: string, message: string }} patterns */
const restrictImports = (...patterns) => /** @type {const} */ (['error', { patterns }]);

const restrictedSyntax = [
  { selector: 'ExportDefaultDeclaration', message: 'Use named exports.' },
  { selector: 'ExportAllDeclaration', message: 'List what is exported, one by one.' },
  { selector: 'ImportExpression', message: 'Import statically: the import rules do not see this.' },
];
const ambient = 'Effects come in through the ProviderContext.';

export default defineConfig(
  globalIgnores(['**/dist/', '**/coverage/', 'docs/api/', '.nx/']),
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.js'],
    plugins: { '@nx': nx },
    rules: { '@nx/enforce-module-boundaries': ['error', boundaryOptions({})] },
  },
  {
    files: testFiles,
    rules: { '@nx/enforce-module-boundaries': ['error', boundaryOptions({ tests: true })] },
  },
  {
    files: wireReaders,
    rules: { '@nx/enforce-module-boundaries': ['error', boundaryOptions({ wires: true })] },
  },
  {
    files: ['packages/*/src/**', 'apps/*/src/**'],
    ignores: testFiles,
    rules: {
      'no-restricted-syntax': ['error', ...restrictedSyntax],
      'no-restricted-imports': restrictImports(noTsyringe, noTestEntries),
      'no-console': 'error',
      'no-undef-init': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['packages/{core,provider-*}/src/**'],
    ignores: testFiles,
    rules: {
      'no-restricted-globals': ['error', ...['fetch', 'process'].map((name) => ({ name, message: ambient }))],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: ambient },
        { object: 'globalThis', property: 'fetch', message: ambient },
        { object: 'globalThis', property: 'process', message: ambient },
      ],
    },
  },
  {
    files: ['packages/core/src/**'],
    ignores: testFiles,
    rules: { 'no-restricted-imports': restrictImports(noTsyringe, noSdks, noInputOutput) },
  },
  {
    files: ['packages/hub/src/**'],
    ignores: testFiles,
    rules: { 'no-restricted-imports': restrictImports(noTsyringe, noSdks, hubEntriesOfProviderKit) },
  },
  {
    files: ['packages/provider-testkit/src/**'],
    rules: { 'no-restricted-imports': restrictImports(noTsyringe) },
  },
  { files: tsyringePlaces, rules: { 'no-restricted-imports': restrictImports(noTestEntries) } },
  {
    files: ['packages/core/src/di/**'],
    ignores: testFiles,
    rules: { 'no-restricted-imports': restrictImports(noSdks, noInputOutput) },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    files: ['apps/web/src/**'],
    extends: [hooks.configs.flat.recommended],
  },
  {
    // Each screen is loaded when it is first shown.
    files: ['apps/web/src/app/routes.tsx'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...restrictedSyntax.filter(({ selector }) => selector !== 'ImportExpression'),
      ],
    },
  },
  {
    files: ['**/*.spec.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  prettier,
);
