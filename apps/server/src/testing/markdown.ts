import { readFile } from 'node:fs/promises';

/** The rows of all tables of a file in `docs`, each as the texts of its cells, without headings. */
export async function readTables(name: string): Promise<readonly (readonly string[])[]> {
  const text = await readFile(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8');
  const lines = text.split('\n');
  const isRow = (line: string | undefined): line is string => line?.startsWith('|') ?? false;
  const isRule = (line: string | undefined): boolean => /^\|[ :|-]+\|$/.test(line ?? '');
  return lines
    .filter((line, index) => isRow(line) && !isRule(line) && !isRule(lines[index + 1]))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}
