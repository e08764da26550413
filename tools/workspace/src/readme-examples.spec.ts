import { expect, it } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const workspace = fileURLToPath(new URL('../../../', import.meta.url));

const node: ts.CompilerOptions = {
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  customConditions: ['@anyforge/source'],
  lib: ['lib.es2023.d.ts', 'lib.es2024.string.d.ts'],
  types: ['node'],
  typeRoots: [`${workspace}node_modules/@types`],
};

/** Whose readers have no Node. */
const browser: ts.CompilerOptions = {
  ...node,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
  types: [],
};

/** What the type checker says of some modules that are no files. */
function check(modules: ReadonlyMap<string, string>, options: ts.CompilerOptions): readonly string[] {
  const files = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...files,
    fileExists: (path) => modules.has(path) || files.fileExists(path),
    readFile: (path) => modules.get(path) ?? files.readFile(path),
    getSourceFile: (path, language) => {
      const text = modules.get(path);
      if (text === undefined) return files.getSourceFile(path, language);
      return ts.createSourceFile(path, text, language);
    },
  };
  const program = ts.createProgram([...modules.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    return `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
}

async function examplesOf(readme: string): Promise<ReadonlyMap<string, string>> {
  const blocks = (await readFile(`${workspace}${readme}`, 'utf8')).matchAll(/```ts\n([\s\S]*?)```/g);
  const folder = dirname(`${workspace}${readme}`);
  return new Map([...blocks].map(([, code = ''], index) => [`${folder}/example-${index + 1}.ts`, code]));
}

it('type-checks every example in the READMEs', async () => {
  const packages = await readdir(`${workspace}packages`);
  const forNode = packages.filter((name) => name !== 'client').map((name) => `packages/${name}/README.md`);
  const all = await Promise.all(['README.md', ...forNode].map((readme) => examplesOf(readme)));
  const examples = new Map(all.flatMap((of) => [...of]));
  expect(examples.size).toBeGreaterThan(packages.length);
  expect(check(examples, node)).toEqual([]);

  const ofClient = await examplesOf('packages/client/README.md');
  expect(ofClient.size).toBeGreaterThan(0);
  expect(check(ofClient, browser)).toEqual([]);

  const wrong = new Map([[`${workspace}packages/client/wrong.ts`, "import { no } from '@anyforge/client';"]]);
  expect(check(wrong, browser)).toHaveLength(1);
}, 300_000);
