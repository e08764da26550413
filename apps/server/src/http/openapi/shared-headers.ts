import { personHeader, personHeaderMeaning } from '../named-person.js';

/** Heeded on every request of the API. */
export const sharedParameters = {
  [personHeader]: {
    name: personHeader,
    in: 'header',
    description: personHeaderMeaning,
    schema: { type: 'string' },
  },
};
export const personParameter = { $ref: `#/components/parameters/${personHeader}` };

/** On every answer. */
export const sharedHeaders = {
  'X-Request-Id': {
    description: 'By which the log of the server knows the request',
    schema: { type: 'string' },
  },
};
export const requestIdHeader = { 'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' } };
