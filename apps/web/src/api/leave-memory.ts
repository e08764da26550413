const key = 'anyforge.left-for-another';

/**
 * Keeps through the load of the page that it began anew because somebody else is signed in.
 *
 * @param storage of this tab alone; undefined where the browser keeps nothing: then it is not said
 */
export function rememberLeaving(storage: Pick<Storage, 'setItem'> | undefined): void {
  storage?.setItem(key, 'yes');
}

/** Whether that is why the page was loaded, once. */
export function takeLeaving(storage: Pick<Storage, 'getItem' | 'removeItem'> | undefined): boolean {
  const isWhy = (storage?.getItem(key) ?? null) !== null;
  storage?.removeItem(key);
  return isWhy;
}
