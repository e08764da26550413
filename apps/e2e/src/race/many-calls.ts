import type { Finding } from './findings.js';
import type { ServerPair } from './server-pair.js';
import type { SignedInForge } from './signed-in-forge.js';

/** Many calls at once, at both servers, when the access token has expired. */
export async function findManyCalls(
  pair: ServerPair,
  signedIn: SignedInForge,
  calls: number,
): Promise<readonly Finding[]> {
  const before = signedIn.refreshes;
  signedIn.expire();
  const replies = await Promise.all(
    Array.from({ length: calls }, (_, index) => signedIn.ask(pair.server(index % 2).api)),
  );
  const refreshes = signedIn.refreshes - before;
  const requests = signedIn.refreshRequests;
  const answered = replies.filter(({ status }) => status === 200).length;
  const needsAttention = await signedIn.needsAttention(pair.server(0).api);
  const forge = signedIn.forge.type;
  const what = `${String(calls)} calls on an expired token`;
  return [
    {
      forge,
      what,
      expected: '1 refresh',
      actual: `${String(refreshes)} refreshes, ${String(requests)} asked for`,
      isAsExpected: refreshes === 1 && requests === 1,
    },
    {
      forge,
      what,
      expected: `${String(calls)} succeed, nobody is signed out`,
      actual: `${String(answered)} succeed, ${needsAttention ? 'signed out' : 'nobody is signed out'}`,
      isAsExpected: answered === calls && !needsAttention,
    },
  ];
}
