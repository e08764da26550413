/** A cup of tea with a branch on it, in the current colour. Gitea's and Forgejo's logos are their projects' own. */
export const logo =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" ' +
  'stroke-linecap="round" stroke-linejoin="round" role="img" aria-label="Gitea">' +
  '<path d="M3 6h14v7a6 6 0 0 1-6 6H9a6 6 0 0 1-6-6z"/>' +
  '<path d="M17 8h1.5a3 3 0 0 1 0 6h-1.7"/>' +
  '<path d="M2.5 21.5h15"/>' +
  '<path d="M8 9v6.5m0-1.5c0-2 4-1 4-3.5"/>' +
  '<g fill="currentColor" stroke="none"><circle cx="8" cy="9" r="1.3"/><circle cx="8" cy="15.6" r="1.3"/>' +
  '<circle cx="12" cy="9.6" r="1.3"/></g></svg>';
