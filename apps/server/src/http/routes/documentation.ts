import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Route } from '../route.js';
import { publicRoute } from '../route.js';

const require = createRequire(import.meta.url);

/** What the page loads, each from this server. */
const files = [
  {
    name: 'swagger-ui.css',
    operation: 'getDocumentationStyle',
    contentType: 'text/css',
    path: require.resolve('swagger-ui-dist/swagger-ui.css'),
  },
  {
    name: 'swagger-ui-bundle.js',
    operation: 'getDocumentationScript',
    contentType: 'text/javascript',
    path: require.resolve('swagger-ui-dist/swagger-ui-bundle.js'),
  },
  {
    name: 'swagger-ui-start.js',
    operation: 'getDocumentationStart',
    contentType: 'text/javascript',
    path: fileURLToPath(new URL('../../../assets/swagger-ui-start.js', import.meta.url)),
  },
];

/** Relative addresses: a path before everything changes nothing. */
const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>anyforge API</title>
    <link rel="stylesheet" href="docs/swagger-ui.css">
  </head>
  <body>
    <div id="description"></div>
    <noscript>This page needs JavaScript. The description itself is at <a href="v1/openapi.json">v1/openapi.json</a>.</noscript>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script src="docs/swagger-ui-start.js"></script>
  </body>
</html>
`;

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The API's description for people: Swagger UI, served by this server alone. */
export const documentationRoutes: readonly Route[] = [
  publicRoute({
    method: 'get',
    path: '/api/docs',
    operation: 'showDocumentation',
    summary: 'This description as a page to read and try',
    tag: 'Description',
    answers: { 200: { description: 'A page', contentType: 'text/html' } },
    handle: () => ({
      status: 200,
      html: page,
      headers: { 'Content-Security-Policy': policy, 'Cache-Control': 'no-cache' },
    }),
  }),
  ...files.map(({ name, operation, contentType, path }) =>
    publicRoute({
      method: 'get',
      path: `/api/docs/${name}`,
      operation,
      summary: 'What that page loads',
      tag: 'Description',
      answers: { 200: { description: 'A file', contentType } },
      handle: () => ({ status: 200, file: path }),
    }),
  ),
];
