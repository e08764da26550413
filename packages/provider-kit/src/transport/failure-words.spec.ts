import { describe, expect, it } from '@jest/globals';
import { failureRepair, failureSentence, withQuotation } from './failure-words.js';

describe('a failure in a sentence', () => {
  it.each([
    ['unauthenticated', 'Bad credentials'],
    ['unauthenticated', '401 Unauthorized'],
    ['unauthenticated', '401 Unauthorised.'],
    ['forbidden', '403 Forbidden'],
    ['not_found', 'Not Found'],
    ['not_found', '404 Project Not Found'],
    ['not_found', ''],
    ['unavailable', '502 Bad Gateway'],
    ['unavailable', '503 - Service Temporarily Unavailable'],
  ] as const)('of the kind %s does not quote "%s", which tells no more', (kind, said) => {
    expect(failureSentence(kind, 'GitLab', said)).not.toMatch(/"|\d{3}/);
  });

  it('quotes once what tells more', () => {
    expect(failureSentence('unauthenticated', 'GitLab', 'Token was revoked.')).toBe(
      'GitLab did not accept the sign-in: "Token was revoked."',
    );
  });

  it('quotes nothing of a status that comes before', () => {
    expect(failureSentence('forbidden', 'GitLab', '403 Forbidden - Your account has been blocked.')).toBe(
      'GitLab did not allow this: "Your account has been blocked."',
    );
  });

  it('says of a rate limit nothing but that it is reached', () => {
    const said = 'You have exceeded a secondary rate limit. Please include the request ID ABCD.';
    expect(failureSentence('rate_limited', 'GitHub', said)).toBe('GitHub has had enough requests for now.');
  });

  it('has no quotation marks inside of a quotation', () => {
    expect(withQuotation('It was refused.', 'No "acme" here')).toBe(`It was refused: "No 'acme' here"`);
  });

  it('is followed by what to do about it', () => {
    expect(failureRepair('forbidden', 'GitHub')?.text).toContain('GitHub');
    expect(failureRepair('rate_limited', 'GitHub')).toBeUndefined();
  });
});
