/** @param {string} personId @returns {import('@anyforge/hub').Caller} an administrator, signed in with a browser */
export function callerOf(personId) {
  return {
    personId,
    username: personId,
    role: 'administrator',
    via: { kind: 'session', sessionId: personId },
  };
}
