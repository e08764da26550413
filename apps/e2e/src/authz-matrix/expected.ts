/**
 * What each caller is answered on each route: written by hand, without a look at what the routes say of themselves. A
 * number alone is a success, or the refusal that `plainRefusals` names; other refusals are written with their code.
 *
 * Of the columns, the owner is an administrator whose things the routes ask for; to everybody else they look as if they did not
 * exist. Sessions and tokens that have ended are the owner's.
 */
export const expected = `
| route                                                    | anonymous | expired session | revoked session | expired token | revoked token | member | member token | administrator | owner | owner read | owner manage | owner git |
| GET /api/v1/setup                                        | 200 | 200 | 200 | 401 | 401 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| POST /api/v1/setup                                       | 409 already_set_up | 409 already_set_up | 409 already_set_up | 401 | 401 | 409 already_set_up | 409 already_set_up | 409 already_set_up | 409 already_set_up | 409 already_set_up | 409 already_set_up | 409 already_set_up |
| GET /api/v1/session                                      | 200 | 200 | 200 | 401 | 401 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| POST /api/v1/session                                     | 201 | 201 | 201 | 401 | 401 | 201 | 201 | 201 | 201 | 201 | 201 | 201 |
| DELETE /api/v1/session                                   | 401 | 401 | 401 | 401 | 401 | 204 | 403 | 204 | 204 | 403 | 403 | 403 |
| GET /api/v1/sessions                                     | 401 | 401 | 401 | 401 | 401 | 200 | 403 | 200 | 200 | 403 | 403 | 403 |
| DELETE /api/v1/sessions                                  | 401 | 401 | 401 | 401 | 401 | 200 | 403 | 200 | 200 | 403 | 403 | 403 |
| DELETE /api/v1/sessions/:id                              | 401 | 401 | 401 | 401 | 401 | 404 | 403 | 404 | 204 | 403 | 403 | 403 |
| GET /api/v1/sign-in-methods                              | 200 | 200 | 200 | 401 | 401 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| GET /api/v1/account                                      | 401 | 401 | 401 | 401 | 401 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| PATCH /api/v1/account                                    | 401 | 401 | 401 | 401 | 401 | 200 | 403 | 200 | 200 | 403 | 403 | 403 |
| PUT /api/v1/account/password                             | 401 | 401 | 401 | 401 | 401 | 204 | 403 | 204 | 204 | 403 | 403 | 403 |
| GET /api/v1/api-tokens                                   | 401 | 401 | 401 | 401 | 401 | 200 | 403 | 200 | 200 | 403 | 403 | 403 |
| POST /api/v1/api-tokens                                  | 401 | 401 | 401 | 401 | 401 | 201 | 403 | 201 | 201 | 403 | 403 | 403 |
| DELETE /api/v1/api-tokens/:id                            | 401 | 401 | 401 | 401 | 401 | 404 | 403 | 404 | 204 | 403 | 403 | 403 |
| GET /api/v1/people                                       | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 200 | 200 | 403 | 200 | 403 |
| POST /api/v1/people                                      | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 201 | 201 | 403 | 201 | 403 |
| GET /api/v1/people/:id                                   | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 200 | 200 | 403 | 200 | 403 |
| PATCH /api/v1/people/:id                                 | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 200 | 200 | 403 | 200 | 403 |
| DELETE /api/v1/people/:id                                | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 204 | 204 | 403 | 204 | 403 |
| POST /api/v1/people/:id/password-reset                   | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 200 | 200 | 403 | 200 | 403 |
| POST /api/v1/password-links/inspect                      | 200 | 200 | 200 | 401 | 401 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| POST /api/v1/password-links/use                          | 201 | 201 | 201 | 401 | 401 | 201 | 201 | 201 | 201 | 201 | 201 | 201 |
| GET /api/v1/provider-types                               | 401 | 401 | 401 | 401 | 401 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| GET /api/v1/git-providers                                | 401 | 401 | 401 | 401 | 401 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| POST /api/v1/git-providers                               | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 201 | 201 | 403 | 201 | 403 |
| GET /api/v1/git-providers/:id                            | 401 | 401 | 401 | 401 | 401 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| PATCH /api/v1/git-providers/:id                          | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 200 | 200 | 403 | 200 | 403 |
| DELETE /api/v1/git-providers/:id                         | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 204 | 204 | 403 | 204 | 403 |
| GET /api/v1/git-providers/:id/token-help                 | 401 | 401 | 401 | 401 | 401 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| GET /api/v1/git-providers/:id/oauth-help                 | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 200 | 200 | 403 | 200 | 403 |
| GET /api/v1/git-providers/:id/sync-history               | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 200 | 200 | 403 | 200 | 403 |
| GET /api/v1/git-providers/:id/organizations              | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 409 not_connected | 200 | 403 | 200 | 403 |
| POST /api/v1/git-providers/:id/organization-settings/preview | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 200 | 200 | 403 | 200 | 403 |
| GET /api/v1/git-providers/:id/clean-up                   | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 200 | 200 | 403 | 200 | 403 |
| POST /api/v1/git-providers/:id/clean-up                  | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 204 | 204 | 403 | 204 | 403 |
| POST /api/v1/git-provider-drafts                         | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 201 | 201 | 403 | 201 | 403 |
| GET /api/v1/git-provider-drafts/:id                      | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 404 | 200 | 403 | 200 | 403 |
| PUT /api/v1/git-provider-drafts/:id                      | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 404 | 200 | 403 | 200 | 403 |
| DELETE /api/v1/git-provider-drafts/:id                   | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 404 | 204 | 403 | 204 | 403 |
| GET /api/v1/git-provider-drafts/:id/oauth-help           | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 404 | 200 | 403 | 200 | 403 |
| GET /api/v1/git-provider-drafts/:id/token-help           | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 404 | 200 | 403 | 200 | 403 |
| POST /api/v1/git-provider-drafts/:id/test                | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 404 | 200 | 403 | 200 | 403 |
| POST /api/v1/git-provider-drafts/:id/sign-ins            | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 404 | 201 | 403 | 201 | 403 |
| PUT /api/v1/git-provider-drafts/:id/token                | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 404 | 200 | 403 | 200 | 403 |
| GET /api/v1/git-provider-drafts/:id/organizations        | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 404 | 200 | 403 | 200 | 403 |
| POST /api/v1/git-provider-drafts/:id/save                | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 404 | 200 | 403 | 200 | 403 |
| PUT /api/v1/git-providers/:id/connection                 | 401 | 401 | 401 | 401 | 401 | 200 | 200 | 200 | 200 | 403 | 200 | 403 |
| GET /api/v1/git-providers/:id/connection                 | 401 | 401 | 401 | 401 | 401 | 404 | 404 | 404 | 200 | 200 | 200 | 403 |
| DELETE /api/v1/git-providers/:id/connection              | 401 | 401 | 401 | 401 | 401 | 404 | 404 | 404 | 200 | 403 | 200 | 403 |
| POST /api/v1/git-providers/:id/sign-ins                  | 401 | 401 | 401 | 401 | 401 | 201 | 201 | 201 | 201 | 403 | 201 | 403 |
| GET /api/v1/sign-ins/:id                                 | 401 | 401 | 401 | 401 | 401 | 404 | 404 | 404 | 200 | 200 | 200 | 403 |
| POST /api/v1/sign-ins/:id/confirmation                   | 401 | 401 | 401 | 401 | 401 | 404 | 403 | 404 | 200 | 403 | 403 | 403 |
| DELETE /api/v1/sign-ins/:id                              | 401 | 401 | 401 | 401 | 401 | 404 | 404 | 404 | 200 | 403 | 200 | 403 |
| GET /api/v1/syncs                                        | 401 | 401 | 401 | 401 | 401 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| POST /api/v1/syncs                                       | 401 | 401 | 401 | 401 | 401 | 409 not_connected | 409 not_connected | 409 not_connected | 202 | 403 | 202 | 403 |
| GET /api/v1/syncs/:id                                    | 401 | 401 | 401 | 401 | 401 | 404 | 404 | 404 | 200 | 200 | 200 | 403 |
| POST /api/v1/syncs/:id/cancellation                      | 401 | 401 | 401 | 401 | 401 | 404 | 404 | 404 | 200 | 403 | 200 | 403 |
| GET /api/v1/syncs/:id/events                             | 401 | 401 | 401 | 401 | 401 | 404 | 404 | 404 | 200 | 200 | 200 | 403 |
| GET /api/v1/repositories                                 | 401 | 401 | 401 | 401 | 401 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| GET /api/v1/repositories/:id                             | 401 | 401 | 401 | 401 | 401 | 404 | 404 | 404 | 200 | 200 | 200 | 403 |
| GET /api/v1/repositories/:id/permissions                 | 401 | 401 | 401 | 401 | 401 | 404 | 404 | 404 | 200 | 200 | 200 | 403 |
| GET /api/v1/explain                                      | 401 | 401 | 401 | 401 | 401 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| POST /api/v1/git-credentials                             | 401 | 401 | 401 | 401 | 401 | 403 | 403 | 403 | 403 | 403 | 403 | 200 |
| GET /api/v1/audit-events                                 | 401 | 401 | 401 | 401 | 401 | 200 | 200 | 200 | 200 | 200 | 200 | 403 |
| GET /api/v1/openapi.json                                 | 200 | 200 | 200 | 401 | 401 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| GET /health/live                                         | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| GET /health/ready                                        | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| GET /api/docs                                            | 200 | 200 | 200 | 401 | 401 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| GET /api/docs/swagger-ui.css                             | 200 | 200 | 200 | 401 | 401 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| GET /api/docs/swagger-ui-bundle.js                       | 200 | 200 | 200 | 401 | 401 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| GET /api/docs/swagger-ui-start.js                        | 200 | 200 | 200 | 401 | 401 | 200 | 200 | 200 | 200 | 200 | 200 | 200 |
| GET /oauth/callback/:gitProviderId                       | 303 sign_in_foreign | 303 sign_in_foreign | 303 sign_in_foreign | 401 | 401 | 303 sign_in_foreign | 303 sign_in_foreign | 303 sign_in_foreign | 303 | 303 sign_in_foreign | 303 sign_in_foreign | 303 sign_in_foreign |
| GET /sign-in/openid-connect                               | 404 | 404 | 404 | 401 | 401 | 404 | 404 | 404 | 404 | 404 | 404 | 404 |
| GET /sign-in/callback                                    | 404 | 404 | 404 | 401 | 401 | 404 | 404 | 404 | 404 | 404 | 404 | 404 |
| GET /sign-in/done                                        | 200 single_sign_on_failed | 200 single_sign_on_failed | 200 single_sign_on_failed | 401 | 401 | 200 single_sign_on_failed | 200 single_sign_on_failed | 200 single_sign_on_failed | 200 single_sign_on_failed | 200 single_sign_on_failed | 200 single_sign_on_failed | 200 single_sign_on_failed |
| GET /oauth/done                                          | 200 not_signed_in | 200 not_signed_in | 200 not_signed_in | 401 | 401 | 404 | 404 | 404 | 200 | 200 | 200 | 200 |
`;

/** What a status alone means, where it is a refusal. */
export const plainRefusals: Readonly<Record<number, string>> = {
  401: 'not_signed_in',
  403: 'not_allowed',
  404: 'not_found',
};
