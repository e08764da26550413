// @ts-check
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import {
  boundaryOptions,
  hubEntriesOfProviderKit,
  tsyringePlaces,
} from './tools/workspace/src/boundaries.js';

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Use named exports.',
};
const noExportStar = {
  selector: 'ExportAllDeclaration',
  message: 'List what is exported, one by one.',
};
const noTsyringe = {
  name: 'tsyringe',
  message: 'Only core/di, register.ts and the composition root touch it.',
};

export default defineConfig(
  globalIgnores(['**/dist/', '**/coverage/', 'docs/api/', '.nx/']),
  {
    files: ['**/*.ts', '**/*.js'],
    plugins: { '@nx': nx },
    rules: { '@nx/enforce-module-boundaries': ['error', boundaryOptions({ tests: false })] },
  },
  {
    files: ['**/*.spec.ts', '**/testing/**/*.ts'],
    rules: { '@nx/enforce-module-boundaries': ['error', boundaryOptions({ tests: true })] },
  },
  {
    files: ['packages/**/src/**/*.{ts,js}', 'apps/**/src/**/*.{ts,js}'],
    rules: {
      'no-restricted-syntax': ['error', noDefaultExport, noExportStar],
      'no-restricted-imports': ['error', { paths: [noTsyringe] }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['packages/hub/src/**'],
    rules: {
      'no-restricted-imports': ['error', { paths: [noTsyringe], patterns: [hubEntriesOfProviderKit] }],
    },
  },
  { files: tsyringePlaces, rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['**/*.ts'],
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
    files: ['**/*.spec.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  prettier,
);
