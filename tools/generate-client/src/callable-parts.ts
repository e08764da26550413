import { z } from 'zod';

const operation = z.looseObject({ responses: z.record(z.string(), z.looseObject({})) });
const pathItem = z.looseObject({ servers: z.unknown().optional(), parameters: z.unknown().optional() });
const document = z.looseObject({
  openapi: z.string(),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  paths: z.record(z.string(), pathItem),
  components: z.looseObject({ schemas: z.record(z.string(), z.looseObject({})) }),
});

/**
 * Leaves out what a client's types need not tell: what is outside of the API's own address, where browsers and machines
 * go rather than programs; refusals, which are all one entity, `Problem`, and thrown; headers; and what goes along with
 * every request, which no call sets by itself.
 */
export function callableParts(description: unknown): object {
  const { openapi, info, paths, components } = document.parse(description);
  return {
    openapi,
    info,
    paths: Object.fromEntries(
      Object.entries(paths)
        .filter(([, { servers }]) => servers === undefined)
        .map(([path, { parameters: _shared, ...item }]) => [
          path,
          mapValues(item, (member) => withoutRefusals(member)),
        ]),
    ),
    components: { schemas: components.schemas },
  };
}

function withoutRefusals(member: unknown): unknown {
  const parsed = operation.safeParse(member);
  if (!parsed.success) return member;
  const { security: _security, ...rest } = parsed.data;
  const granted = Object.entries(parsed.data.responses).filter(([status]) => Number(status) < 400);
  return {
    ...rest,
    responses: Object.fromEntries(granted.map(([status, { headers: _headers, ...own }]) => [status, own])),
  };
}

function mapValues(item: object, change: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, change(value)]));
}
