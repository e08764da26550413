/** Bitbucket's mark, from Simple Icons (CC0), in the current colour. The logo is a trademark of Atlassian. */
export const logo =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="currentColor" role="img" aria-label="Bitbucket">' +
  '<path d="' +
  'M.778 1.213a.768.768 0 00-.768.892l3.263 19.81c.084.5.515.868 1.022.873H19.95a.772.772 0 00.77-.646l3.27-20.03' +
  'a.768.768 0 00-.768-.891zM14.52 15.53H9.522L8.17 8.466h7.561z' +
  '"/></svg>';
