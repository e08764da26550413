import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** As `apps/web` builds it. */
const builtDocument = `<!doctype html>
<html lang="en">
  <head>
    <base href="/" />
    <title>anyforge</title>
    <meta property="csp-nonce" nonce="NONCE-OF-THIS-ANSWER">
    <script type="module" crossorigin src="./assets/index-B1x.js" nonce="NONCE-OF-THIS-ANSWER"></script>
  </head>
  <body><div id="root"></div></body>
</html>
`;

const builtFiles = {
  'index.html': builtDocument,
  'icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'assets/index-B1x.js': 'import("./other-C2y.js")',
  'assets/index-B1x.js.br': 'in Brotli',
  'assets/index-B1x.js.gz': 'in gzip',
  'assets/index-D3z.css': 'body{}',
  '.hidden/secret.js': 'hidden',
  '.env': 'hidden',
};

/** A folder beside another, as the page's is. */
export interface BuiltPage {
  readonly directory: string;
  remove(): Promise<void>;
}

/** @param files what it has besides, or in place of what a page has; undefined: it lacks it */
export async function buildPage(
  files: Readonly<Record<string, string | undefined>> = {},
): Promise<BuiltPage> {
  const folder = await mkdtemp(join(tmpdir(), 'anyforge-page-'));
  const directory = join(folder, 'dist');
  const all: Readonly<Record<string, string | undefined>> = {
    ...builtFiles,
    '../secret.js': 'outside',
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    if (text === undefined) continue;
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  }
  return { directory, remove: () => rm(folder, { recursive: true }) };
}
