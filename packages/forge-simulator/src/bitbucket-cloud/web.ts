import type { SimulatedRequest, TextResponse } from '../http/message.js';
import { picture } from '../http/picture.js';

/** What a browser gets: pictures for pages that show them, and a plain page for everything else. */
export function answerWeb(request: SimulatedRequest): TextResponse {
  if (request.path.includes('avatar')) return picture(Buffer.byteLength(request.path));
  const found = request.path === '/';
  const title = found ? 'Bitbucket (simulated)' : 'Page not found · Bitbucket (simulated)';
  return {
    status: found ? 200 : 404,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!DOCTYPE html>\n<html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`,
  };
}
