/**
 * What a simulator of another forge is built of: the forges of this package are built of the same.
 *
 * @module
 */
export type { ForgeSimulator } from '../forge-simulator.js';
export type { Clock } from '../http/clock.js';
export type { Latency, RequestHook } from '../http/exchange.js';
export type { Faults } from '../http/faults.js';
export type { SimulatedRequest, SimulatedResponse, TextResponse } from '../http/message.js';
export { toBytes, toText } from '../http/message.js';
export { withNextLink } from '../http/next-link.js';
export type {
  ForgeAddresses,
  ForgeFace,
  ForgeLayout,
  OpenForge,
  OpenForgeOptions,
} from '../http/open-forge.js';
export { openForge } from '../http/open-forge.js';
export type { RequestLog } from '../http/request-log.js';
export type { Route, RouteMatch } from '../http/router.js';
export { Router } from '../http/router.js';
export type { AccessTokenRequest, AccessTokenStore, IssuedTokens } from '../oauth/grants.js';
export type {
  AuthorizationRules,
  ClientKind,
  DeviceRules,
  OAuthErrorAnswer,
  OAuthFields,
  OAuthPaths,
  OAuthProblem,
  OAuthRules,
  ParameterRule,
  RotationRules,
  TokenRules,
} from '../oauth/rules.js';
export type { OAuthServerOptions } from '../oauth/server.js';
export { OAuthServer } from '../oauth/server.js';
export type { SecretShape } from '../secret-text.js';
export { secretText } from '../secret-text.js';
