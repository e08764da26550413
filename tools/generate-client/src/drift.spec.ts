import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { TestServer } from '@anyforge/server/testing';
import { startTestServer } from '@anyforge/server/testing';
import { readFile } from 'node:fs/promises';
import { generateClient, listEntities } from './generate-client.js';

// A server starts first, which takes a while on a busy machine.
jest.setTimeout(30_000);

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** @returns the first line that is only in the second text, or not at its place in the first. */
function firstDifference(one: string, other: string): string | undefined {
  if (one === other) return undefined;
  const lines = one.split('\n');
  return other.split('\n').find((line, index) => line !== lines[index]) ?? 'the end of the file';
}

it("has the files of the client as the server's description of its API makes them", async () => {
  const { body } = await server.api.get('/api/v1/openapi.json');
  for (const { url, text } of await generateClient(body)) {
    const difference = firstDifference(await readFile(url, 'utf8'), text);
    if (difference !== undefined)
      throw new Error(
        `${url.pathname} is not of the server's API any more, beginning with "${difference.trim()}".\nRun "npm run generate-client", and commit what it writes.`,
      );
  }
});

describe('the list of entities that the client exports', () => {
  it('is brought up to date, and nothing else is', () => {
    const index =
      "export { a } from './a.js';\nexport type {\n  Old,\n} from './generated/api.js';\nexport type { B } from './b.js';\n";
    expect(listEntities(index, ['Account', 'Sync'])).toBe(
      "export { a } from './a.js';\nexport type { Account, Sync } from './generated/api.js';\nexport type { B } from './b.js';\n",
    );
  });

  it('has to be there', () => {
    expect(() => listEntities("export { a } from './a.js';\n", ['Sync'])).toThrow('lists no types');
  });
});
