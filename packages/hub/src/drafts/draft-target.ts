import { HubError } from '../errors.js';
import type {
  FinishedSignIn,
  SignInEnding,
  SignInReference,
  SignInSubject,
  SignInTarget,
} from '../sign-ins/sign-in-target.js';
import { toJson } from '../store/json.js';
import type { Vault } from '../vault/vault.js';
import type { DraftRevocations } from './draft-revocations.js';
import { toStoredIdentity } from '../sign-ins/stored-identity.js';
import { signInColumns } from './draft-sign-in.js';
import type { DraftStore } from './draft-store.js';
import type { DraftOpener, OpenDraft } from './open-draft.js';

export interface DraftTargetParts {
  readonly vault: Vault;
  readonly drafts: DraftStore;
  readonly opener: DraftOpener;
  readonly revocations: DraftRevocations;
}

/** Sign-ins for the test of a draft: what they give is the draft's, and goes with it. */
export class DraftTarget implements SignInTarget {
  readonly #parts: DraftTargetParts;

  constructor(parts: DraftTargetParts) {
    this.#parts = parts;
  }

  async open(reference: SignInReference): Promise<SignInSubject> {
    const { drafts, opener } = this.#parts;
    const row = await drafts.find(reference.personId, reference.draftId ?? '');
    const draft = opener.open(row);
    if (row.git_provider_id !== reference.gitProviderId) {
      throw new HubError('not_found', 'This draft is of another git provider.');
    }
    const { provider } = usable(draft);
    return {
      provider,
      name: draft.content.name.trim() === '' ? draft.plugin.displayName : draft.content.name,
      settingsVersion: row.config_revision,
    };
  }

  async keep(reference: SignInReference, signIn: FinishedSignIn, ending: SignInEnding): Promise<void> {
    const { vault, drafts, opener, revocations } = this.#parts;
    const { before } = await drafts.change(
      reference.personId,
      reference.draftId ?? '',
      async (row, transaction) => {
        if (row.config_revision !== signIn.settingsVersion) throw draftChanged();
        await ending.claim(transaction);
        await ending.complete(transaction, { syncId: null });
        const { content, settings } = opener.open(row);
        return {
          ...signInColumns(
            vault,
            row.id,
            { credential: signIn.credential, config: settings.config },
            content.config,
          ),
          identity: toJson(toStoredIdentity(signIn.identity)),
        };
      },
    );
    revocations.revoke(before);
  }
}

/** @throws HubError `invalid_input` when the values do not suffice to sign in anywhere. */
function usable(draft: OpenDraft): OpenDraft & { readonly provider: NonNullable<OpenDraft['provider']> } {
  const { provider, settings } = draft;
  const issues = [...settings.issues, ...settings.oauthIssues];
  if (provider === undefined || issues.length > 0) throw HubError.invalidInput(issues);
  return { ...draft, provider };
}

function draftChanged(): HubError {
  return new HubError(
    'settings_changed',
    'The address or the OAuth application was changed in the draft while you signed in, so the sign-in was not kept. Sign in again.',
  );
}
