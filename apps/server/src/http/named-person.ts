import type { Caller } from '@anyforge/hub';
import type { Request } from 'express';
import { RequestProblem } from './problems.js';

/**
 * Names the person whom a request was prepared for. A browser sends the cookie that it has at the moment, whoever was
 * signed in when a form was filled in.
 */
export const personHeader = 'X-Anyforge-Person';

/** What the header says, as the description of the API tells it. */
export const personHeaderMeaning =
  'The id of the person whom the request is sent for. Where somebody else is signed in it is refused, with `other_person`; absent: it is for whoever is signed in';

const words: Readonly<Record<Caller['via']['kind'], string>> = {
  session:
    'Somebody else is signed in in this browser now than the person whom this request was prepared for. Nothing was done. Load the page anew, or sign in again as that person.',
  api_token: `The API token belongs to somebody else than the person whom ${personHeader} names. Nothing was done. Send a token of that person, or leave the header out.`,
};

/** @throws RequestProblem `other_person`. */
export function refuseOtherPerson(request: Request, { personId, via }: Caller): void {
  const named = request.get(personHeader);
  if (named === undefined || named === personId) return;
  throw new RequestProblem({ code: 'other_person', detail: words[via.kind] });
}
