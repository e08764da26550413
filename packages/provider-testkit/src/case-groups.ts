import type { CaseGroup } from './case.js';
import { listingCases } from './cases/listing.js';

/** The whole contract. */
export const caseGroups: readonly CaseGroup[] = [{ title: 'a listing', cases: listingCases }];
