import type { RequestHandler } from 'express';
import { renderPage } from './page.js';

const { html, headers } = renderPage({
  title: 'anyforge is starting',
  data: {},
  content: '<p>This page goes on by itself in a moment.</p>',
  script: '',
});

/** To whoever wants something to look at; programs are told otherwise. */
export const showStarting: RequestHandler = ({ method, headers: { accept = '' } }, response, next) => {
  if (method !== 'GET' || !/\btext\/html\b/i.test(accept)) {
    next();
    return;
  }
  response
    .status(503)
    .set({ ...headers, 'Cache-Control': 'no-store', 'Retry-After': '1', Refresh: '1' })
    .type('html')
    .send(html);
};
