/** The body as JSON; undefined when it is none, which no schema of an answer accepts. */
export async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
