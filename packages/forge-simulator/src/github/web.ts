import type { SimulatedRequest, TextResponse } from '../http/message.js';

/** What a browser gets: avatars for pages that show them, and a plain page for everything else. */
export function answerWeb(request: SimulatedRequest): TextResponse {
  const avatar = /^\/avatars\/u\/(\d+)$/.exec(request.path)?.[1];
  if (avatar !== undefined) return picture(Number(avatar));
  const found = request.path === '/';
  const title = found ? 'GitHub (simulated)' : 'Page not found · GitHub (simulated)';
  return {
    status: found ? 200 : 404,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!DOCTYPE html>\n<html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`,
  };
}

function picture(id: number): TextResponse {
  const hue = (id * 47) % 360;
  return {
    status: 200,
    headers: { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=3600' },
    body:
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2">' +
      `<rect width="2" height="2" fill="hsl(${hue},60%,85%)"/><rect width="1" height="1" x=".5" y=".5" fill="hsl(${hue},60%,45%)"/></svg>`,
  };
}
