interface Place {
  readonly from: number;
  readonly count: number;
  readonly rowsOnScreen: number;
}

/** To which row a key leads; undefined for keys that lead nowhere. */
export function rowAfterKey(key: string, place: Place): number | undefined {
  const index = rows.get(key)?.(place);
  return index === undefined ? undefined : Math.max(0, Math.min(index, place.count - 1));
}

const rows: ReadonlyMap<string, (place: Place) => number> = new Map(
  Object.entries({
    ArrowDown: ({ from }) => from + 1,
    ArrowUp: ({ from }) => from - 1,
    // One row of the former screen stays to be seen.
    PageDown: ({ from, rowsOnScreen }) => from + Math.max(1, rowsOnScreen - 1),
    PageUp: ({ from, rowsOnScreen }) => from - Math.max(1, rowsOnScreen - 1),
    Home: () => 0,
    End: ({ count }) => count - 1,
  } satisfies Record<string, (place: Place) => number>),
);
