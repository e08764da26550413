/** What a tab keeps by itself. */
type TabStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What this tab keeps through a reload. Undefined where the browser keeps nothing: merely to look for it is refused there. */
export function tabStorage(): TabStorage | undefined {
  try {
    return keepingWhatFits(window.sessionStorage);
  } catch {
    return undefined;
  }
}

/** Where there is no room it is as if nothing were kept: what goes on without it must not fail for it. */
export function keepingWhatFits(storage: TabStorage): TabStorage {
  return {
    getItem: (key) => storage.getItem(key),
    removeItem: (key) => {
      storage.removeItem(key);
    },
    setItem: (key, value) => {
      try {
        storage.setItem(key, value);
      } catch {
        storage.removeItem(key);
      }
    },
  };
}
