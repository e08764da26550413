/** @typedef {'sqlite' | 'postgres'} Database */

/** @type {readonly Database[]} */
export const databases = ['sqlite', 'postgres'];

/**
 * @param {readonly string[] | undefined} only all databases when not given
 * @returns {readonly Database[]}
 * @throws Error when one is named that there is not
 */
export function chooseDatabases(only) {
  const strange = (only ?? []).filter((name) => !databases.some((database) => database === name));
  if (strange.length > 0)
    throw new Error(`There is no database called ${strange.join(', ')}. There are: ${databases.join(', ')}`);
  return databases.filter((database) => only === undefined || only.includes(database));
}
