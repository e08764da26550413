import { format, resolveConfig } from 'prettier';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { generateTypes } from './generate-types.js';

const sources = new URL('../../../packages/client/src/', import.meta.url);

/** One file of the client. */
export interface ClientFile {
  readonly url: URL;
  readonly text: string;
}

/**
 * The files of the client that follow from the server's description of its API: the types, and the list of what the
 * package exports, in which the entities are brought up to date.
 */
export async function generateClient(description: unknown): Promise<readonly ClientFile[]> {
  const types = new URL('generated/api.ts', sources);
  const index = new URL('index.ts', sources);
  const text = await generateTypes(description);
  return Promise.all([
    formatted({ url: types, text }),
    formatted({ url: index, text: listEntities(await readFile(index, 'utf8'), entitiesIn(text)) }),
  ]);
}

/** The names under which a module of types exports entities. */
function entitiesIn(types: string): readonly string[] {
  return [...types.matchAll(/^export type (\w+) =/gm)].map(([, name = '']) => name);
}

const entityList = /export type \{[^}]*\} from '\.\/generated\/api\.js';/;

/** @throws Error when the index has no list of entities to put these in place of. */
export function listEntities(index: string, entities: readonly string[]): string {
  if (!entityList.test(index))
    throw new Error(
      "The client's index lists no types of './generated/api.js'. Add a list with one of them.",
    );
  return index.replace(entityList, `export type { ${entities.join(', ')} } from './generated/api.js';`);
}

async function formatted({ url, text }: ClientFile): Promise<ClientFile> {
  const path = fileURLToPath(url);
  return { url, text: await format(text, { ...(await resolveConfig(path)), filepath: path }) };
}
