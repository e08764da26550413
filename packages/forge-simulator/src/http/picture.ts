import type { TextResponse } from './message.js';

/** A small coloured square in place of somebody's picture: the same for the same id. */
export function picture(id: number): TextResponse {
  const hue = (id * 47) % 360;
  return {
    status: 200,
    headers: { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=3600' },
    body:
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2">' +
      `<rect width="2" height="2" fill="hsl(${hue},60%,85%)"/><rect width="1" height="1" x=".5" y=".5" fill="hsl(${hue},60%,45%)"/></svg>`,
  };
}
