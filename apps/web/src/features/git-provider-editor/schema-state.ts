import type { SchemaFormState } from '../../components/schema-form/schema-form.js';
import type { Editor } from './use-editor.js';

/** The editor, as the fields of a config want it. */
export function schemaStateOf({
  values,
  changeConfig,
  issueAt,
  draft,
  gitProvider,
}: Editor): SchemaFormState {
  return {
    values: values.config,
    onChange: changeConfig,
    issueAt: (path) => issueAt(`config.${path}`),
    secretsSet: draft?.secretsSet ?? gitProvider?.secretsSet ?? [],
    secretsToRetype: draft?.secretsToRetype ?? [],
  };
}
