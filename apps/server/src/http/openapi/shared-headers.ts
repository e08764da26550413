/** On every answer. */
export const sharedHeaders = {
  'X-Request-Id': {
    description: 'By which the log of the server knows the request',
    schema: { type: 'string' },
  },
};
export const requestIdHeader = { 'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' } };
