/** The form of a forge with an OAuth application, as `/provider-types` tells of its plugins. */
export const forgeSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: {
    baseUrl: {
      type: 'string',
      format: 'uri',
      title: 'Base URL',
      description: 'The web address, as people open it in a browser.',
    },
    apiUrl: { type: 'string', format: 'uri', title: 'API URL', examples: ['https://git.example.com/api'] },
    oauth: {
      type: 'object',
      properties: {
        clientId: { type: 'string', pattern: '^\\S+$', title: 'Client ID' },
        clientSecret: { type: 'string', pattern: '^\\S+$', title: 'Client secret', writeOnly: true },
      },
      required: ['clientId'],
      additionalProperties: false,
      title: 'OAuth',
      description: 'The application through which people sign in.',
    },
  },
  required: ['baseUrl'],
  additionalProperties: false,
};
