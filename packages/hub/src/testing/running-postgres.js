// @ts-check
/** From the set-up of the tests to their end, which Jest loads apart from each other in one process. */
/** @type {{ postgres?: import('@anyforge/test-postgres').TestPostgres }} */
export const running = {};
