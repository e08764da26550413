/** How long something takes, for people: "less than a minute", "20 minutes", "2 hours". Rounded up: who waits that long has waited long enough. */
export function durationWords(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  if (ms < 60_000) return 'less than a minute';
  if (minutes <= 90) return plural(minutes, 'minute');
  const hours = Math.ceil(minutes / 60);
  return hours <= 48 ? plural(hours, 'hour') : plural(Math.ceil(hours / 24), 'day');
}

function plural(count: number, unit: string): string {
  return `${String(count)} ${unit}${count === 1 ? '' : 's'}`;
}
