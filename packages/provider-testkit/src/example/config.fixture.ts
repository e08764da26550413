import type { StandardSchema } from '@anyforge/core';
import { fieldsOf, optionalText, schemaOf, text } from './wire.fixture.js';

export interface ExampleConfig {
  readonly baseUrl: string;
  readonly oauth?: { readonly clientId: string; readonly clientSecret?: string | undefined } | undefined;
}

/** @param signsIn whether an OAuth application may be configured */
export function configSchema(signsIn: boolean): StandardSchema<ExampleConfig> {
  return schemaOf((value) => {
    const fields = fieldsOf(value, 'the configuration');
    mustKnow(fields, signsIn ? ['baseUrl', 'oauth'] : ['baseUrl']);
    const oauth = fields.get('oauth');
    return {
      baseUrl: readAddress(text(fields, 'baseUrl')),
      ...(oauth !== undefined && { oauth: readClient(oauth) }),
    };
  });
}

/** A form can be rendered from it. */
export function configJsonSchema(signsIn: boolean): object {
  const text = { type: 'string' };
  const oauth = {
    type: 'object',
    properties: { clientId: text, clientSecret: { ...text, writeOnly: true } },
    required: ['clientId'],
    additionalProperties: false,
  };
  return {
    type: 'object',
    properties: { baseUrl: { ...text, format: 'uri' }, ...(signsIn && { oauth }) },
    required: ['baseUrl'],
    additionalProperties: false,
  };
}

function readClient(value: unknown): NonNullable<ExampleConfig['oauth']> {
  const fields = fieldsOf(value, 'oauth');
  mustKnow(fields, ['clientId', 'clientSecret']);
  return { clientId: text(fields, 'clientId'), clientSecret: optionalText(fields, 'clientSecret') };
}

function readAddress(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '')
    throw new TypeError('baseUrl is no bare web address');
  return value.replace(/\/+$/, '');
}

function mustKnow(fields: ReadonlyMap<string, unknown>, names: readonly string[]): void {
  const strange = [...fields.keys()].filter((name) => !names.includes(name));
  if (strange.length > 0) throw new TypeError(`there is no ${strange.join(' and no ')}`);
}
