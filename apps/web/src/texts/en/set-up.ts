export const setUp = {
  title: 'Set up anyforge',
  description:
    'You are the first here. Make the account of the administrator: git providers and people are managed with it.',
  username: 'Username',
  displayName: 'Your name',
  displayNameHint: 'Shown to the people on this server. You may leave it out.',
  password: 'Password',
  passwordHint: '12 characters or more. Several words in a row make a good one.',
  code: 'Set-up code',
  codeHint: 'The server has printed it where it was started, and in its log.',
  submit: 'Create administrator',
  done: 'This server is set up already.',
};
