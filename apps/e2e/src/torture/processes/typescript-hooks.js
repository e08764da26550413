// @ts-check
/**
 * Lets a process run the TypeScript sources of the workspace, one of them with other words in it where a mutant is asked
 * for: `node --import ./typescript-hooks.js main.ts`, with the mutant's changes as JSON in `TORTURE_CHANGES`.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { transform } from '@swc/core';

// Node evaluates this module once more, as the hooks, in a thread of its own.
if (isMainThread) {
  register(import.meta.url, { data: { changes: process.env['TORTURE_CHANGES'] ?? '[]' } });
}

/** @type {readonly import('../mutants.js').SourceChange[]} */
let changes = [];

/** @param {{ changes: string }} data */
export function initialize(data) {
  changes = JSON.parse(data.changes);
}

/** @type {import('node:module').ResolveHook} */
export async function resolve(specifier, context, nextResolve) {
  const { parentURL } = context;
  if (/^\.{1,2}\/.*\.js$/.test(specifier) && parentURL?.endsWith('.ts')) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), parentURL);
    if (existsSync(source)) return nextResolve(source.href, context);
  }
  return nextResolve(specifier, context);
}

/** @type {import('node:module').LoadHook} */
export async function load(url, context, nextLoad) {
  if (!url.endsWith('.ts')) return nextLoad(url, context);
  const path = fileURLToPath(url);
  const { code } = await transform(change(path, await readFile(path, 'utf8')), {
    filename: path,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
    module: { type: 'es6' },
    sourceMaps: 'inline',
    swcrc: false,
  });
  return { format: 'module', shortCircuit: true, source: code };
}

/** @param {string} path @param {string} text */
function change(path, text) {
  let changed = text;
  for (const { file, from, to } of changes.filter((each) => path.endsWith(each.file))) {
    if (!changed.includes(from)) throw new Error(`A mutant's words are not in ${file} any more: ${from}`);
    changed = changed.replaceAll(from, () => to);
  }
  return changed;
}
