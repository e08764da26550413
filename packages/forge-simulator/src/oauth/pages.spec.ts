import { describe, expect, it } from '@jest/globals';
import { createWorld } from '../world/world.js';
import { consentPage } from './pages.js';

function pageFor(count: number, chosen?: string): string {
  const world = createWorld();
  for (let number = 1; number <= count; number += 1)
    world.addPerson({ username: `person-${number}`, suspended: number === 2, name: '"<b>' });
  const page = { forge: 'Forge', client: 'a & b', action: '/authorize?a=1&b="', scopes: ['read'] };
  return consentPage({ ...page, people: world.people, chosen }).body;
}

describe('the consent page', () => {
  it('offers everybody who can sign in', () => {
    const page = pageFor(3, 'person-3');
    expect(page).toMatch('<select id="person"');
    expect(page).toMatch('<option value="person-3" selected>');
    expect(page).not.toMatch('person-2');
  });

  it('lets any name be typed where there are too many to offer', () => {
    const page = pageFor(150, 'person-149');
    expect(page).toMatch('<input id="person" name="person" list="people" value="person-149"');
    expect(page.match(/<option /g)).toHaveLength(100);
  });

  it('shows what is between its tags as words', () => {
    const page = pageFor(1);
    expect(page).toMatch('a &amp; b');
    expect(page).toMatch('action="/authorize?a=1&amp;b=&quot;"');
    expect(page).toMatch('&quot;&lt;b&gt;');
    expect(page).not.toMatch('<b>');
  });
});
