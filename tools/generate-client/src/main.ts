import { writeFile } from 'node:fs/promises';
import { startTestServer } from '@anyforge/server/testing';
import { generatedFile } from './generated-file.js';
import { generateTypes } from './generate-types.js';

const server = await startTestServer();
try {
  const { body } = await server.api.get('/api/v1/openapi.json');
  await writeFile(generatedFile, await generateTypes(body));
} finally {
  await server.close();
}
