/** What this tab keeps through a reload. Undefined where the browser keeps nothing: merely to look for it is refused there. */
export function tabStorage(): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    return undefined;
  }
}
