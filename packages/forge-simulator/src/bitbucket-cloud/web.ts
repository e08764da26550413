import type { SimulatedRequest, TextResponse } from '../http/message.js';

/** What a browser gets: pictures for pages that show them, and a plain page for everything else. */
export function answerWeb(request: SimulatedRequest): TextResponse {
  if (request.path.includes('avatar')) return picture(request.path);
  const found = request.path === '/';
  const title = found ? 'Bitbucket (simulated)' : 'Page not found · Bitbucket (simulated)';
  return {
    status: found ? 200 : 404,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!DOCTYPE html>\n<html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`,
  };
}

function picture(path: string): TextResponse {
  const hue = (Buffer.byteLength(path) * 47) % 360;
  return {
    status: 200,
    headers: { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=3600' },
    body:
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2">' +
      `<rect width="2" height="2" fill="hsl(${hue},60%,85%)"/><circle r=".6" cx="1" cy="1" fill="hsl(${hue},60%,45%)"/></svg>`,
  };
}
