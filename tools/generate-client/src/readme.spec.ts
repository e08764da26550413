import { expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const readme = new URL('../../../packages/client/README.md', import.meta.url);
const folder = fileURLToPath(new URL('.', readme));

const options: ts.CompilerOptions = {
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  customConditions: ['@anyforge/source'],
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
  types: [],
};

/** What the type checker says of some modules that are no files. */
function check(modules: ReadonlyMap<string, string>): readonly string[] {
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
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

it("type-checks every example in the client's README", async () => {
  const blocks = [...(await readFile(readme, 'utf8')).matchAll(/```ts\n([\s\S]*?)```/g)];
  expect(blocks.length).toBeGreaterThan(0);
  const examples = blocks.map(([, code = ''], index) => [`${folder}example-${index}.ts`, code] as const);
  expect(check(new Map(examples))).toEqual([]);
  expect(check(new Map([[`${folder}wrong.ts`, "import { no } from '@anyforge/client';"]]))).toHaveLength(1);
}, 30_000);
