import type { TextResponse } from '../http/message.js';
import type { Person } from '../world/model.js';

export interface ConsentPage {
  readonly forge: string;
  readonly client: string;
  /** Where the form goes. */
  readonly action: string;
  readonly scopes: readonly string[];
  readonly people: Iterable<Person>;
  /** Whose name is chosen already. */
  readonly chosen: string | undefined;
  /** What was wrong with the form when it was sent before. */
  readonly complaint?: string | undefined;
}

/** The field that says that only ticked scopes are granted: a form that lacks it grants what was asked for. */
export const chosenScopesOnly = 'chosen_scopes_only';

/** What the fields and buttons of the consent page are called. */
export const consentWords = { person: 'Signed in as', authorize: 'Authorize', cancel: 'Cancel' } as const;

/** Those of the page that asks for a device's code. */
export const userCodeWords = { code: 'Enter the code that your device shows', submit: 'Continue' } as const;

/** Of a forge with many people only some are offered by name; any name may be typed there. */
const offeredPeople = 100;

export function consentPage(page: ConsentPage): TextResponse {
  const { forge, client, action, scopes, complaint } = page;
  const boxes = scopes.map(
    (scope) =>
      `<li><label><input type="checkbox" name="scope" value="${escape(scope)}" checked> ${escape(scope)}</label></li>`,
  );
  return htmlPage(
    complaint === undefined ? 200 : 422,
    `Authorize ${client}`,
    forge,
    `<p><strong>${escape(client)}</strong> wants to act for you on ${escape(forge)}.</p>
${complaint === undefined ? '' : `<p role="alert">${escape(complaint)}</p>`}
<form method="post" action="${escape(action)}">
<p><label for="person">${consentWords.person}</label> ${personField(page)}</p>
<fieldset><legend>It asks for</legend><ul>${boxes.join('') || '<li>what you can see</li>'}</ul></fieldset>
<input type="hidden" name="${chosenScopesOnly}" value="1">
<p><button type="submit" name="decision" value="authorize">${consentWords.authorize}</button>
<button type="submit" name="decision" value="cancel" formnovalidate>${consentWords.cancel}</button></p>
</form>`,
  );
}

/** Where a person types the code that a device shows. */
export function userCodePage(forge: string, action: string, complaint?: string): TextResponse {
  return htmlPage(
    complaint === undefined ? 200 : 422,
    'Connect a device',
    forge,
    `${complaint === undefined ? '' : `<p role="alert">${escape(complaint)}</p>`}
<form method="get" action="${escape(action)}">
<p><label for="user_code">${userCodeWords.code}</label>
<input id="user_code" name="user_code" autocomplete="off" required></p>
<p><button type="submit">${userCodeWords.submit}</button></p>
</form>`,
  );
}

/** A page that only says something. */
export function messagePage(status: number, title: string, forge: string, text: string): TextResponse {
  return htmlPage(status, title, forge, `<p role="${status < 400 ? 'status' : 'alert'}">${escape(text)}</p>`);
}

function personField({ people, chosen }: ConsentPage): string {
  const offered: Person[] = [];
  let many = false;
  for (const person of people) {
    if (person.suspended) continue;
    many = offered.length === offeredPeople;
    if (many) break;
    offered.push(person);
  }
  const options = offered.map(({ username, name }) => {
    const selected = username === chosen ? ' selected' : '';
    const words = name === null || name === username ? username : `${username} (${name})`;
    return `<option value="${escape(username)}"${selected}>${escape(words)}</option>`;
  });
  if (!many) return `<select id="person" name="person" required>${options.join('')}</select>`;
  return (
    `<input id="person" name="person" list="people" value="${escape(chosen ?? '')}" autocomplete="off" required>` +
    `<datalist id="people">${options.join('')}</datalist>`
  );
}

/** Quiet, in the browser's own letters, light or dark as the system is. */
const style = `:root{color-scheme:light dark;--ground:light-dark(#f6f8fa,#0f141a);--card:light-dark(#fff,#171d25);
--line:light-dark(#d5dbe3,#343d49);--text:light-dark(#1b222b,#e4e9f0);--quiet:light-dark(#566170,#9aa6b5);--go:#1a7f4b}
*{box-sizing:border-box}body{font:1rem/1.5 system-ui,sans-serif;margin:0;background:var(--ground);color:var(--text)}
header{padding:1rem 1.5rem;font-weight:600;background:var(--card);border-bottom:1px solid var(--line)}
small{font-weight:400;color:var(--quiet)}main{max-width:30rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.4rem;font-weight:600;text-align:center}form{background:var(--card);border:1px solid var(--line);
border-radius:.6rem;padding:.5rem 1.25rem}fieldset{border:1px solid var(--line);border-radius:.4rem}
legend{color:var(--quiet);padding:0 .4rem}ul{list-style:none;margin:0;padding:.25rem 0}label{line-height:1.9}
button,input,select{font:inherit;padding:.4rem .8rem;border:1px solid var(--line);border-radius:.4rem}
select,input:not([type=checkbox]){width:100%}button{cursor:pointer}
button[value=authorize],button:not([value]){background:var(--go);border-color:var(--go);color:#fff;font-weight:600}`;

function htmlPage(status: number, title: string, forge: string, content: string): TextResponse {
  const heading = escape(title);
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    },
    body: `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${heading} · ${escape(forge)} (simulated)</title>
<style>${style}</style></head>
<body><header>${escape(forge)} <small>simulated</small></header>
<main><h1>${heading}</h1>
${content}
</main></body></html>
`,
  };
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
