import type { Person } from '../world/model.js';
import { PageForm } from './page-form.js';
import { consentWords, userCodeWords } from './pages.js';

/** What somebody does on a consent page. */
export interface Approval {
  readonly person: Person;
  /** Those of the asked scopes that stay ticked; all when not given. */
  readonly scopes?: readonly string[];
  /** Cancels instead. */
  readonly deny?: boolean;
}

/**
 * Opens a consent page, fills in its form and sends it, as a browser would.
 * @returns where the browser is sent, or nothing when it is shown a page in the end
 * @throws Error with the page's words when the request or the form is refused
 */
export async function sendConsent(url: string, approval: Approval): Promise<string | undefined> {
  return decide(await fetch(url, { redirect: 'manual' }), url, approval);
}

/**
 * Opens the page for devices, types the code that one shows, and decides on the page that follows.
 * @throws Error with the page's words when the code or the form is refused
 */
export async function sendDeviceConsent(url: string, userCode: string, approval: Approval): Promise<void> {
  const form = new PageForm(await pageOf(await fetch(url), url), url);
  form.type(userCodeWords.code, userCode);
  const shown = await form.press(userCodeWords.submit);
  await decide(shown, shown.url, approval);
}

async function decide(
  shown: Response,
  url: string,
  { person, scopes, deny = false }: Approval,
): Promise<string | undefined> {
  const turnedAway = shown.headers.get('location');
  if (turnedAway !== null) return turnedAway;
  const form = new PageForm(await pageOf(shown, url), url);
  form.type(consentWords.person, person.username);
  if (scopes !== undefined) form.tick(scopes);
  const sent = await form.press(deny ? consentWords.cancel : consentWords.authorize);
  const location = sent.headers.get('location');
  if (location !== null) return location;
  await pageOf(sent, url);
  return undefined;
}

/** @throws Error with its words for a page that is a refusal */
async function pageOf(response: Response, url: string): Promise<string> {
  const page = await response.text();
  if (response.ok) return page;
  const words = /<main>(.*)<\/main>/s.exec(page)?.[1]?.replaceAll(/<[^>]*>|\s+/g, ' ') ?? page;
  throw new Error(`${new URL(url).pathname} refused with ${response.status}: ${words.trim()}`);
}
