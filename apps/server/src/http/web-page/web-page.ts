import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

/** A file of the page in one of the forms in which it can be sent. */
interface FileForm {
  readonly bytes: Buffer;
  readonly entityTag: string;
}

interface CompressedForm extends FileForm {
  /** As `Content-Encoding` has it. */
  readonly encoding: string;
}

export interface PageFile {
  /** `.js` */
  readonly extension: string;
  /** Whether its name changes with what is in it, so that it can be kept for ever. */
  readonly immutable: boolean;
  readonly plain: FileForm;
  /** Smallest first. */
  readonly compressed: readonly CompressedForm[];
}

/** The page as it was built. */
export interface WebPage {
  /** What every address of the page answers, but for its base address and its nonce. */
  readonly template: string;
  /** By the address below the page's: `/assets/index-B1x.js`. */
  readonly files: ReadonlyMap<string, PageFile>;
  /** Where there is nothing but files: `assets`. */
  readonly folders: ReadonlySet<string>;
}

/** There is no page where it should be. The message says what to do. */
export class WebPageError extends Error {
  override readonly name = 'WebPageError';
}

/** What the template has where a base address and a nonce belong. `apps/web` builds it so. */
export const placeholders = { base: '<base href="/" />', nonce: 'NONCE-OF-THIS-ANSWER' };

const document = 'index.html';
/** The builder names what is in it by its content. */
const hashedFolder = '/assets/';
/** What the builder has put beside a file, best first. */
const compressions = [
  { encoding: 'br', ending: '.br' },
  { encoding: 'gzip', ending: '.gz' },
];

/**
 * Reads all of the page at once: what is built anew meanwhile changes nothing that is being served, and no address leads
 * anywhere but to a file that was there. Hidden files and links are left out.
 *
 * @throws WebPageError
 */
export async function readWebPage(directory: string): Promise<WebPage> {
  try {
    return await readFiles(directory, await namesIn(directory));
  } catch (error) {
    if (isMissing(error)) throw refusal(`There is no page in ${directory}, or it is being built right now`);
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}

function refusal(words: string): WebPageError {
  return new WebPageError(
    `${words}. Build it, and start again when that is done: npx nx build @anyforge/web`,
  );
}

async function readFiles(directory: string, names: readonly string[]): Promise<WebPage> {
  if (!names.includes(document)) throw refusal(`There is no page in ${directory}`);
  const template = await readFile(join(directory, document), 'utf8');
  const lacks = Object.values(placeholders).find((placeholder) => !template.includes(placeholder));
  if (lacks !== undefined)
    throw refusal(`The page in ${directory} was built for something else: it lacks ${lacks}`);
  const missing = loadedBy(template).find((name) => !names.includes(name));
  if (missing !== undefined) throw refusal(`The page in ${directory} is not whole: it lacks ${missing}`);
  const sources = names.filter(
    (name) => name !== document && !compressions.some(({ ending }) => name.endsWith(ending)),
  );
  const files = await Promise.all(
    sources.map(async (name) => [`/${name}`, await readPageFile(directory, name, names)] as const),
  );
  const folders = sources.flatMap((name) => name.split('/').slice(0, -1)[0] ?? []);
  return { template, files: new Map(files), folders: new Set(folders) };
}

/** What the document loads before anything else. */
function loadedBy(template: string): readonly string[] {
  return [...template.matchAll(/\s(?:src|href)="\.\/([^"]+)"/g)].map(([, name = '']) => name);
}

/** With `/` between, whatever the system has. */
async function namesIn(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep))
    .filter((parts) => parts.every((part) => !part.startsWith('.')))
    .map((parts) => parts.join('/'));
}

async function readPageFile(directory: string, name: string, names: readonly string[]): Promise<PageFile> {
  const path = join(directory, name);
  const known = compressions.filter(({ ending }) => names.includes(`${name}${ending}`));
  return {
    extension: extname(name),
    immutable: `/${name}`.startsWith(hashedFolder),
    plain: await readForm(path),
    compressed: await Promise.all(
      known.map(async ({ encoding, ending }) => ({ encoding, ...(await readForm(`${path}${ending}`)) })),
    ),
  };
}

async function readForm(path: string): Promise<FileForm> {
  const bytes = await readFile(path);
  const hash = createHash('sha256').update(bytes).digest('base64url');
  return { bytes, entityTag: `"${hash.slice(0, 22)}"` };
}
