import { createHash } from 'node:crypto';

/** A page that is whole in itself: nothing is loaded, and no script runs but the one it brings. */
export interface Page {
  readonly title: string;
  /** What the script finds in the body's `data-` attributes, by name. */
  readonly data: Readonly<Record<string, string>>;
  /** HTML. */
  readonly content: string;
  readonly script: string;
}

/** A page and the headers that hold it to what it is. */
export interface RenderedPage {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

const style = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center}
main{max-width:36rem;padding:2rem}
h1{font-size:1.5rem}`;

export function renderPage({ title, data, content, script }: Page): RenderedPage {
  const attributes = Object.entries(data).map(([name, value]) => ` data-${name}="${escapeHtml(value)}"`);
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body${attributes.join('')}>
<main>
<h1>${escapeHtml(title)}</h1>
${content}
</main>
<script>${script}</script>
</body>
</html>
`;
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return { html, headers: { 'Content-Security-Policy': policy.join('; ') } };
}

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
