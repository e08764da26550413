/** Words that many screens use. */
export const common = {
  appName: 'anyforge',
  cancel: 'Cancel',
  confirm: 'Confirm',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Your browser did not let this page copy it. Select the text and copy it yourself.',
  delete: 'Delete',
  needed: 'Fill this in.',
  tryAgain: 'Try again',
  loading: 'Loading',
  howToRepair: 'How to repair this',
  requestId: (id: string) => `The server’s log knows this request as ${id}.`,
  typeToConfirm: (name: string) => `Type ${name} to confirm`,
  omission: { open: 'Open its page', why: 'Why don’t I see it?' },
  documentTitle: (title: string) => `${title} · anyforge`,
};
