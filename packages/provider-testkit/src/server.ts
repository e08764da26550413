import type {
  Approval,
  Fault,
  LoggedRequest,
  NewOAuthClient,
  OAuthClient,
  OAuthGrant,
  RequestHook,
  ScriptedFault,
} from '@anyforge/forge-simulator';

/** A forge to talk to: a simulator, or a real server, which has neither a log nor anything that can go wrong. */
export interface ForgeServer {
  /** Where people go. */
  readonly webUrl: string;
  /** Where programs go. */
  readonly apiUrl: string;
  /** Every origin it answers on. */
  readonly origins: readonly string[];
  readonly log?: ServerLog | undefined;
  readonly faults?: ServerFaults | undefined;
  readonly oauth?: ServerOAuth | undefined;
  /** Calls `hook` for every request before it is answered. @returns how to stop that */
  onRequest?(hook: RequestHook): () => void;
  close(): Promise<void>;
}

/** What the suite asks of the log of a simulator. */
export interface ServerLog {
  /** In order of arrival. */
  readonly entries: readonly LoggedRequest[];
  /** The requests that carried this secret anywhere, within base64 as well. */
  withCredential(secret: string): readonly LoggedRequest[];
  clear(): void;
}

/** What the suite lets go wrong with a simulator. */
export interface ServerFaults {
  add(fault: Fault): ScriptedFault;
  clear(): void;
}

/** The applications that are registered with a simulator, and what people let them do. */
export interface ServerOAuth {
  registerClient(request: NewOAuthClient): OAuthClient;
  rotateSecret(client: OAuthClient): string;
  /** Does on the authorization page what a person would. @returns where the browser is sent */
  approve(authorizationUrl: string, approval: Approval): Promise<string>;
  approveDevice(userCode: string, approval: Approval): Promise<void>;
  /** Everything that was ever granted. */
  readonly grants: readonly OAuthGrant[];
  grantByAccessToken(value: string): OAuthGrant | undefined;
  /** How many times a client's grants were refreshed, refusals not counted. */
  refreshes(client: OAuthClient): number;
  revokeGrants(which: (grant: OAuthGrant) => boolean): number;
}

/** A server with everything that a case may ask for. What it lacks throws when it is asked for. */
export class WholeServer {
  constructor(readonly server: ForgeServer) {}

  get webUrl(): string {
    return this.server.webUrl;
  }

  get apiUrl(): string {
    return this.server.apiUrl;
  }

  get origins(): readonly string[] {
    return this.server.origins;
  }

  get log(): ServerLog {
    return this.server.log ?? lacking('log');
  }

  get faults(): ServerFaults {
    return this.server.faults ?? lacking('faults');
  }

  get oauth(): ServerOAuth {
    return this.server.oauth ?? lacking('oauth');
  }

  onRequest(hook: RequestHook): () => void {
    return this.server.onRequest === undefined ? lacking('onRequest') : this.server.onRequest(hook);
  }

  close(): Promise<void> {
    return this.server.close();
  }
}

/** @throws Error always */
function lacking(part: keyof ForgeServer): never {
  throw new Error(`This case needs \`${part}\` of the server, and this one has none.`);
}
