/** More than a window of a common size shows. */
export const fewestSlots = 64;

/**
 * How many keys are needed for so many rows at a time, given how many there were so far. They grow by much at once and
 * never become fewer: with each change all rows are made anew.
 */
export function slotsFor(rows: number, slots: number): number {
  return rows <= slots ? slots : slotsFor(rows, slots * 2);
}

/**
 * By which React tells rows apart: a row that comes into sight takes over the elements of one that has gone, which is
 * quicker than to make new ones. No two of the adjoining rows that are there at a time share a key, nor does the kept one
 * with any of them.
 *
 * @param kept the row with the focus, which stays however far one scrolls: none takes over its elements
 * @param slots at least as many as there are rows at a time
 */
export function rowKey(index: number, kept: number | undefined, slots: number): number {
  const collides = kept !== undefined && index !== kept && index % slots === kept % slots;
  return collides ? slots + index : index % slots;
}
