import { describe, expect, it } from '@jest/globals';
import { redactUrl, scrub } from './redaction.js';

describe('a URL that is told', () => {
  it.each([
    'access_token',
    'private_token',
    'token',
    'code',
    'client_secret',
    'code_verifier',
    'refresh_token',
    'TOKEN',
  ])('hides the value of %s', (name) => {
    const shown = redactUrl(new URL(`https://gitlab.com/api?page=2&${name}=s3cret&${name}=another`));
    expect(shown).toBe(`https://gitlab.com/api?page=2&${name}=REDACTED`);
  });

  it('hides user info and the fragment', () => {
    expect(redactUrl(new URL('https://octocat:s3cret@github.com/a#access_token=s3cret'))).toBe(
      'https://github.com/a',
    );
  });

  it('stays as it is where nothing is secret', () => {
    const url = 'https://api.github.com/user/repos?affiliation=owner%2Ccollaborator&page=2';
    expect(redactUrl(new URL(url))).toBe(url);
  });
});

describe('a text that is told', () => {
  it('holds no secret, as it is or as a URL spells it', () => {
    expect(scrub('a+b/c=d+e and a%2Bb%2Fc%3Dd%2Be', ['a+b/c=d+e'])).toBe('REDACTED and REDACTED');
  });

  it('holds no rest of a secret that another one begins with', () => {
    expect(scrub('token-one-and-more', ['token-one', 'token-one-and-more'])).toBe('REDACTED');
  });

  it('keeps its words where a secret is too short to be one', () => {
    expect(scrub('Not Found', ['', 'o', 'Found'])).toBe('Not Found');
    expect(scrub('12345678 1234567', ['1234567', '12345678'])).toBe('REDACTED 1234567');
  });

  it('stays as it is without secrets', () => {
    expect(scrub('Not Found', ['something else'])).toBe('Not Found');
  });
});
