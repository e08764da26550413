/** The nonce of this answer, which the server has written into the page's tags. Empty while it is being developed. */
export function styleNonce(page: Document): string {
  return page.querySelector<HTMLElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

/** For the library that keeps the page from scrolling beneath a dialog: it looks for it under this name. */
export function shareNonce(nonce: string): void {
  Object.assign(globalThis, { __webpack_nonce__: nonce });
}
