// @ts-check
/**
 * Lints texts as if they were files of the workspace, with its own configuration. Reads `[{ filePath, code }]` as
 * JSON from standard input and prints, for each, the rules that it breaks.
 */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';

const root = fileURLToPath(new URL('../../..', import.meta.url));
// The boundary rule skips itself without the cached project graph: make sure that there is one.
const nx = createRequire(import.meta.url).resolve('nx/bin/nx.js');
execFileSync(process.execPath, [nx, 'show', 'projects'], {
  cwd: root,
  stdio: 'ignore',
});

const eslint = new ESLint({ cwd: root });
/** @type {{ filePath: string, code: string }[]} */
const fixtures = JSON.parse(await text(process.stdin));
const broken = [];
for (const { filePath, code } of fixtures) {
  const [result] = await eslint.lintText(code, { filePath: join(root, filePath) });
  broken.push((result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message));
}
process.stdout.write(JSON.stringify(broken));
