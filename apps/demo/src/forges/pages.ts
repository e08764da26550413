import { fullName } from './cast.js';
import type { DemoForge } from './demo-forge.js';

const style = `:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem}
code{font:.9rem ui-monospace,monospace;overflow-wrap:anywhere;background:light-dark(#eef1f5,#232b35);padding:.1rem .3rem;border-radius:.3rem}
dt{font-weight:600;margin-top:1rem}dd{margin:0}`;

/** Puts a page with the tokens of the demo in the place of those that a simulator does not have. */
export function explainPages(forge: DemoForge): void {
  forge.simulator.faults.add({
    match: { surface: 'web', method: 'GET' },
    times: Infinity,
    effect: {
      kind: 'edit',
      edit: (response) =>
        response.status === 404
          ? {
              status: 200,
              headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
              body: pageOf(forge),
            }
          : response,
    },
  });
}

function pageOf({ name, tokens }: DemoForge): string {
  const rows = tokens.map(({ holder, token, username, remark }) => {
    const beside = username === undefined ? '' : ` with the user name <code>${username}</code>`;
    return `<dt>${fullName(holder)} <small>(${remark})</small></dt><dd><code>${token}</code>${beside}</dd>`;
  });
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${name} (simulated)</title><style>${style}</style></head>
<body><main><h1>${name}</h1>
<p>This forge is simulated: it has an API, and pages to sign in, but no others. Where you would make a token, take one of these.</p>
<dl>${rows.join('\n')}</dl>
</main></body></html>
`;
}
