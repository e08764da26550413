import { fakeRepositories, FakeForge } from './fake-forge.js';

export const crashPerson = 'person';
export const crashToken = 'token-of-ada';
export const crashRepositories = fakeRepositories(60);

/** A forge whose listing takes a moment for each of its many pages, the same in every process. */
export function crashForge(): FakeForge {
  const forge = new FakeForge();
  forge.addAccount(crashToken, 'ada', crashRepositories);
  forge.pageSize = 3;
  return forge;
}
