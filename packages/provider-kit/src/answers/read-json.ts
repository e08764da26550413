/**
 * The body as JSON; undefined when it is none, which no schema of an answer accepts.
 *
 * @throws what reading the body throws
 */
export async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
