export type { FakeClock } from './fake-clock.js';
export { createFakeClock } from './fake-clock.js';
export type { RecordedRequest, Script, ScriptedAnswer, ScriptedFetch } from './scripted-fetch.js';
export { createScriptedFetch } from './scripted-fetch.js';
export type { CredentialStoreCase, CredentialStoreSubject } from './credential-store-cases.js';
export { credentialStoreCases } from './credential-store-cases.js';
