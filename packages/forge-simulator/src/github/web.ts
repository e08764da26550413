import type { SimulatedRequest, TextResponse } from '../http/message.js';
import { picture } from '../http/picture.js';

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
