import type { Request, RequestHandler, Response } from 'express';
import { randomBytes } from 'node:crypto';
import { escapeHtml } from '../pages/page.js';
import { pagePolicy } from './page-policy.js';
import type { PageFile, WebPage } from './web-page.js';
import { placeholders } from './web-page.js';

export interface WebPageParts {
  readonly page: WebPage;
  /** Where people reach the server. */
  readonly publicUrl: string;
}

/** Where whoever asks wants no page, whatever a browser says that it takes. */
const withoutScreens = ['api', 'oauth'];

/**
 * Serves the page below the path of the public address: its files, and at every other address at which a browser wants
 * something to show, the document, which finds out by itself which screen that is. Whatever else is asked passes.
 */
export function serveWebPage({ page, publicUrl }: WebPageParts): RequestHandler {
  const { origin, protocol, pathname } = new URL(publicUrl);
  const base = pathname.endsWith('/') ? pathname : `${pathname}/`;
  const pieces = page.template
    .replace(placeholders.base, () => `<base href="${escapeHtml(base)}" />`)
    .split(placeholders.nonce);
  const closed = new Set([...withoutScreens, ...page.folders]);

  /** Scripts ask from the public address alone, so that people have to be there. */
  const otherPlace = (request: Request): string | undefined => {
    const { path, originalUrl, headers } = request;
    const [asked = '', query] = originalUrl.split(/\?(.*)/s);
    const isThere = new URL(`${protocol}//${headers.host ?? ''}`).origin === origin;
    if (isThere && asked !== base.slice(0, -1)) return undefined;
    return `${origin}${base.slice(0, -1)}${path}${query === undefined ? '' : `?${query}`}`;
  };

  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      next();
      return;
    }
    const file = page.files.get(request.path);
    if (file !== undefined) {
      request.pattern = `${base}assets/*`;
      sendFile(request, response, file);
      return;
    }
    if (!wantsScreen(request, closed)) {
      next();
      return;
    }
    request.pattern = `${base}*`;
    const elsewhere = otherPlace(request);
    if (elsewhere === undefined) sendDocument(response, pieces);
    else response.set('Cache-Control', 'no-store').redirect(307, elsewhere);
  };
}

/** Programs take anything, and mean no page by it; but what is at the root is the page. */
function wantsScreen({ path, headers }: Request, closed: ReadonlySet<string>): boolean {
  if (path === '/') return true;
  const [, first = ''] = path.split('/');
  return !closed.has(first) && /\btext\/html\b/i.test(headers.accept ?? '');
}

function sendFile(request: Request, response: Response, file: PageFile): void {
  const smaller = file.compressed.find(({ encoding }) => request.acceptsEncodings(encoding) !== false);
  if (smaller !== undefined) response.set('Content-Encoding', smaller.encoding);
  const { bytes, entityTag } = smaller ?? file.plain;
  response
    .set({
      'Cache-Control': file.immutable ? 'public, max-age=31536000, immutable' : 'public, no-cache',
      ETag: entityTag,
      Vary: 'Accept-Encoding',
    })
    .type(file.extension)
    .send(bytes);
}

/** Never the same twice: nobody can know the nonce beforehand. */
function sendDocument(response: Response, pieces: readonly string[]): void {
  const nonce = randomBytes(16).toString('base64');
  response
    .set({
      'Cache-Control': 'no-cache',
      'Content-Security-Policy': pagePolicy(nonce),
      // Forges are opened in popups: isolated from them, the page would take each for one that was closed.
      'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
      Vary: 'Accept',
    })
    .type('html')
    .send(pieces.join(nonce));
}
