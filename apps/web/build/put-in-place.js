// @ts-check
import { rename, rm } from 'node:fs/promises';

/**
 * Lets a folder take the place of another, which is gone afterwards. When several do so at once, the last one stays, whole.
 * Where it cannot be done, what was there before is there again.
 *
 * @param {string} built on the same file system as the place
 * @param {string} place where there may be nothing yet
 */
export async function putInPlace(built, place) {
  const former = `${built}-before`;
  let isDone = false;
  while (!isDone) {
    await rm(former, { recursive: true, force: true });
    const hadFormer = await moved(place, former, ['ENOENT']);
    try {
      // Another may have come to the place meanwhile, and is the former one next time.
      isDone = await moved(built, place, ['ENOTEMPTY', 'EEXIST']);
    } catch (error) {
      if (hadFormer) await moved(former, place, ['ENOTEMPTY', 'EEXIST']);
      throw error;
    }
  }
  await rm(former, { recursive: true, force: true });
}

/**
 * Whether it could be moved: not when it fails for one of the reasons.
 *
 * @param {string} from
 * @param {string} to
 * @param {readonly string[]} reasons
 */
async function moved(from, to, reasons) {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    const reason = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
    if (reasons.includes(reason)) return false;
    throw error;
  }
}
