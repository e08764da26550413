import type { SimulatedRequest, TextResponse } from '../http/message.js';
import { answerProblem, answerProgram, formOf } from './answers.js';
import { authenticateClient } from './client-authentication.js';
import type { OAuthState } from './state.js';

/**
 * Where a client gives back what it was given. Either token of a pair ends both; a token that is unknown, or another
 * client's, is no error and ends nothing.
 * @see https://www.rfc-editor.org/rfc/rfc7009#section-2
 */
export function answerRevocation(state: OAuthState, request: SimulatedRequest): TextResponse {
  const { rules, grants } = state;
  const form = formOf(request);
  const client = authenticateClient(state, request, form, false);
  if (client === undefined) return answerProblem(rules, request, 'bad-client');
  const token = form.get('token');
  if (token === null) return answerProblem(rules, request, 'missing-parameter');
  const found = grants.byAccessToken(token) ?? grants.byRefreshToken(token);
  if (found?.client === client) grants.revoke((grant) => grant === found);
  return answerProgram(rules, request, 200, {});
}
