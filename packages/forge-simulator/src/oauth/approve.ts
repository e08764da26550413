import type { Person } from '../world/model.js';
import { chosenScopesOnly } from './pages.js';

/** What somebody does on a consent page. */
export interface Approval {
  readonly person: Person;
  /** Those of the asked scopes that stay ticked; all when not given. */
  readonly scopes?: readonly string[];
  /** Cancels instead. */
  readonly deny?: boolean;
}

/**
 * Opens a consent page and sends its form, as a browser would.
 * @returns where the browser is sent, or nothing when it is shown a page in the end
 * @throws Error with the page's words when the request or the form is refused
 */
export async function sendConsent(url: string, approval: Approval): Promise<string | undefined> {
  const shown = await fetch(url, { redirect: 'manual' });
  const turnedAway = shown.headers.get('location');
  if (turnedAway !== null) return turnedAway;
  await refuseErrors(shown, url);
  const sent = await fetch(url, { method: 'POST', redirect: 'manual', body: formFor(approval) });
  const location = sent.headers.get('location');
  if (location !== null) return location;
  await refuseErrors(sent, url);
  return undefined;
}

function formFor({ person, scopes, deny = false }: Approval): URLSearchParams {
  const form = new URLSearchParams({ person: person.username, decision: deny ? 'cancel' : 'authorize' });
  if (scopes !== undefined) form.append(chosenScopesOnly, '1');
  for (const scope of scopes ?? []) form.append('scope', scope);
  return form;
}

async function refuseErrors(response: Response, url: string): Promise<void> {
  const page = await response.text();
  if (response.ok) return;
  const words = /<main>(.*)<\/main>/s.exec(page)?.[1]?.replaceAll(/<[^>]*>|\s+/g, ' ') ?? page;
  throw new Error(`${new URL(url).pathname} refused with ${response.status}: ${words.trim()}`);
}
