/**
 * What the page may do, whatever gets into it: run and load what this server serves, and ask this server. Nothing of
 * another site is loaded, also no picture: whoever looks at a list tells no forge so. No form is sent by the browser
 * itself. Styles may be made by the page's own scripts, which know the nonce of the answer.
 */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
