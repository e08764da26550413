/**
 * The body as JSON; undefined when it is none, which no schema of an answer accepts.
 *
 * @throws what reading the body throws
 */
export async function readJson(response: Response): Promise<unknown> {
  const body = Buffer.from(await response.arrayBuffer());
  try {
    return JSON.parse(withoutByteOrderMark(body).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** What `response.text()` leaves out as well; it takes several times as long for large bodies. */
function withoutByteOrderMark(body: Buffer): Buffer {
  return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? body.subarray(3) : body;
}
