/** Keeps the session as a browser does on a page of the server, which Node does not. */
export function browserFetch(publicUrl: string): (request: Request) => Promise<Response> {
  let cookie = '';
  return async (request) => {
    const headers = new Headers(request.headers);
    headers.set('origin', new URL(publicUrl).origin);
    if (cookie !== '') headers.set('cookie', cookie);
    const response = await fetch(new Request(request, { headers }));
    const [set] = response.headers.getSetCookie().filter((one) => one.startsWith('anyforge='));
    if (set !== undefined) cookie = set.split(';')[0] ?? '';
    return response;
  };
}
