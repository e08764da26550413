/** Words of forms that are made from a JSON Schema. */
export const schemaForm = {
  optional: (title: string) => `${title} (optional)`,
  secretKept: 'Unchanged',
  secretRemoved: 'It will be removed',
  secretNever: 'Once saved, it is never shown again.',
  secretIsSet: 'There is one already. Leave this empty to keep it.',
  retype: 'The address or the application changed. Type it again.',
  removeSecret: (title: string) => `Remove ${title}`,
  remove: 'Remove',
  keep: 'Keep it',
  keepSecret: (title: string) => `Keep ${title}`,
  unsupported: (title: string) =>
    `${title} can’t be edited on this page. Set it through the API; what is saved stays as it is.`,
};
