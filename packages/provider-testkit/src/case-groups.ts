import type { CaseGroup } from './case.js';
import { failureCases } from './cases/failures.js';
import { leavingCases } from './cases/leaving.js';
import { limitCases } from './cases/limits.js';
import { linkCases } from './cases/links.js';
import { listingCases } from './cases/listing.js';
import { resumingCases } from './cases/resuming.js';

/** The whole contract. */
export const caseGroups: readonly CaseGroup[] = [
  { title: 'a listing', cases: listingCases },
  { title: 'leaving and cancelling', cases: leavingCases },
  { title: 'resuming', cases: resumingCases },
  { title: 'failures', cases: failureCases },
  { title: 'rate limits', cases: limitCases },
  { title: 'links and redirects', cases: linkCases },
];
