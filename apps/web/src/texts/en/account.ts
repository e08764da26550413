export const account = {
  title: 'Account settings',
};
