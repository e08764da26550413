import type { SimulatedRequest, TextResponse } from '../http/message.js';
import { answerProblem, answerProgram, parametersOf } from './answers.js';
import { authenticateClient } from './client-authentication.js';
import type { OAuthState } from './state.js';

/**
 * Where a client gives back what it was given. Either token of a pair ends both; a token that is unknown is no error.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7009#section-2
 */
export function answerRevocation(state: OAuthState, request: SimulatedRequest): TextResponse {
  const { rules, grants } = state;
  const form = parametersOf(rules, request);
  const client = authenticateClient(state, request, form, false);
  if (client === undefined) return answerProblem(rules, request, 'revoking-client-unknown');
  const token = form.get('token');
  if (token === null) return answerProblem(rules, request, 'missing-parameter');
  const found = grants.byAccessToken(token) ?? grants.byRefreshToken(token);
  if (found !== undefined && found.client !== client)
    return answerProblem(rules, request, 'revoking-not-own');
  grants.revoke((grant) => grant === found);
  return answerProgram(rules, request, 200, {});
}
