/** Where the client has its generated types. */
export const generatedFile = new URL('../../../packages/client/src/generated/api.ts', import.meta.url);
