/** What one types to clone a repository. A shell takes the address as it is, whatever a forge allows in paths. */
export function cloneCommand(url: string): string {
  return `git clone ${plain.test(url) ? url : `'${url.replaceAll("'", String.raw`'\''`)}'`}`;
}

/** Nothing that means something to a shell, and nothing that git takes for an option. */
const plain = /^[\w@][\w@:/.~+%,=-]*$/;
