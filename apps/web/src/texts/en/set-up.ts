export const setUp = {
  title: 'Set up anyforge',
  description:
    'You are the first here. Create the administrator’s account: with it you manage git providers and people.',
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
