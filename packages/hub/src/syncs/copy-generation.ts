import { copyPermissions } from '../repositories/permission-writer.js';
import { fromJson } from '../store/json.js';
import type { GenerationPageRow } from '../store/rows/generations.js';
import type { Queries, Store } from '../store/store.js';

const rowsAtOnce = 1000;
const pagesAtOnce = 20;

/**
 * Takes the next step in giving a generation that has been equal to its base permissions of its own: those on what its
 * next pages list. Says whether there are more steps; after the last the generation is written like any other.
 */
export async function copyFromBase(store: Store, transaction: Queries, generation: string): Promise<boolean> {
  const { base, stage, copied_pages } = await transaction
    .selectFrom('generations')
    .select(['base', 'stage', 'copied_pages'])
    .where('id', '=', generation)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (stage === 'own') return false;
  const pages = await transaction
    .selectFrom('generation_pages')
    .select(['position', 'forge_ids'])
    .where('generation', '=', generation)
    .where('position', '>=', copied_pages)
    .orderBy('position')
    .limit(pagesAtOnce)
    .execute();
  const { forgeIds, next } = gather(pages);
  const more = next !== undefined && base !== null;
  if (more) await copyPermissions(store, transaction, { from: base, to: generation, forgeIds });
  await transaction
    .updateTable('generations')
    .set(more ? { stage: 'copying', copied_pages: next } : { stage: 'own' })
    .where('id', '=', generation)
    .execute();
  return more;
}

/** Of the pages, as many as one transaction copies. */
function gather(pages: readonly Pick<GenerationPageRow, 'position' | 'forge_ids'>[]): {
  readonly forgeIds: readonly string[];
  /** The position after the last of them; undefined when there are none. */
  readonly next: number | undefined;
} {
  const forgeIds = new Set<string>();
  let next: number | undefined;
  for (const { position, forge_ids } of pages) {
    const listed = fromJson(forge_ids);
    if (next !== undefined && forgeIds.size + listed.length > rowsAtOnce) break;
    for (const forgeId of listed) forgeIds.add(forgeId);
    next = position + 1;
  }
  return { forgeIds: [...forgeIds], next };
}
