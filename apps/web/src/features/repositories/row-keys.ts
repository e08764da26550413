/** More than there are rows at a time. */
const slots = 64;

/**
 * By which React tells rows apart: a row that comes into sight takes over the elements of one that has gone, which is
 * quicker than to make new ones. No two rows that are there at a time share a key.
 *
 * @param kept the row with the focus, which stays however far one scrolls: none takes over its elements
 */
export function rowKey(index: number, kept: number | undefined): number {
  const collides = kept !== undefined && index !== kept && index % slots === kept % slots;
  return collides ? slots + index : index % slots;
}
