/** What every answer of the API carries. Limits are told by refusals alone. */
export function apiHeaders(now: Date, requestId: string): Record<string, string> {
  return {
    date: now.toUTCString(),
    'content-type': 'application/json',
    'cache-control': 'no-cache',
    vary: 'Origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    'x-gitlab-meta': JSON.stringify({ correlation_id: requestId, version: '1' }),
    'x-request-id': requestId,
    'x-runtime': '0.041287',
  };
}

/** As GitLab's look: a ULID. */
export function requestId(count: number): string {
  return `01JD${count.toString(32).toUpperCase().padStart(22, '0')}`;
}
