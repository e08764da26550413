import { readReturnPath } from './return-path.js';

const key = 'anyforge.return-to';

/**
 * Keeps where one wanted to go, in this tab, while one is at the identity provider.
 *
 * @param storage of this tab alone; undefined where the browser keeps nothing: one begins at the start then
 */
export function rememberReturn(
  storage: Pick<Storage, 'setItem' | 'removeItem'> | undefined,
  path: string | undefined,
): void {
  if (path === undefined) storage?.removeItem(key);
  else storage?.setItem(key, path);
}

/** Where one wanted to go, once. */
export function takeReturn(storage: Pick<Storage, 'getItem' | 'removeItem'> | undefined): string | undefined {
  const path = readReturnPath(storage?.getItem(key));
  storage?.removeItem(key);
  return path;
}
