/** Seconds are the finest that Gitea tells. */
export function timestamp(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** In place of a time that there has not been, where there is a column for it. */
export const epoch = '1970-01-01T00:00:00Z';
/** Where there is none, or it is not told. */
export const noTime = '0001-01-01T00:00:00Z';
