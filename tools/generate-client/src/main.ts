import { startTestServer } from '@anyforge/server/testing';
import { writeFile } from 'node:fs/promises';
import { generateClient } from './generate-client.js';

const server = await startTestServer();
try {
  const { body } = await server.api.get('/api/v1/openapi.json');
  for (const { url, text } of await generateClient(body)) await writeFile(url, text);
} finally {
  await server.close();
}
