import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { callableParts } from './callable-parts.js';
import { nameEntities } from './name-entities.js';

const header = `// Generated from the server's description of its API by \`npm run generate-client\`. Not to be edited by hand.
/* eslint-disable */

`;

/**
 * The types of an API as the text of a module: `paths` for calls, and each entity of the API under its own name.
 *
 * @param description an OpenAPI 3.1 document; the same always makes the same text
 */
export async function generateTypes(description: unknown): Promise<string> {
  const nodes = await openapiTS(Buffer.from(JSON.stringify(callableParts(description))), {
    immutable: true,
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    silent: true,
  });
  const { transformed } = ts.transform(
    [...nameEntities(nodes.filter(isOfTheApi))],
    [tidyProperties, tidyExports],
  );
  return header + tidyComments(astToString(transformed));
}

/** Exports the calls and the entities, not what they are made of. */
const tidyExports: ts.TransformerFactory<ts.Node> =
  ({ factory }) =>
  (node) => {
    if (!ts.isInterfaceDeclaration(node) || node.name.text === 'paths') return node;
    const { name, typeParameters, heritageClauses, members } = node;
    return factory.updateInterfaceDeclaration(node, [], name, typeParameters, heritageClauses, members);
  };

/** Leaves out what says nothing, and lets what may be absent be undefined as well. */
const tidyProperties: ts.TransformerFactory<ts.Node> = (context) => {
  const { factory } = context;
  const visit = (node: ts.Node): ts.Node | undefined => {
    const visited = ts.visitEachChild(node, visit, context);
    if (!ts.isPropertySignature(visited) || visited.type === undefined) return visited;
    const { modifiers, name, questionToken, type } = visited;
    if (saysNothing(name, type)) return undefined;
    if (questionToken === undefined) return visited;
    const orUndefined = factory.createUnionTypeNode([
      type,
      factory.createKeywordTypeNode(ts.SyntaxKind.UndefinedKeyword),
    ]);
    return factory.updatePropertySignature(visited, modifiers, name, questionToken, orUndefined);
  };
  return (node) => ts.visitEachChild(node, visit, context);
};

/** What can't be there; parameters of nothing; and headers, which the generator writes to every answer. */
function saysNothing(name: ts.PropertyName, type: ts.TypeNode): boolean {
  if (type.kind === ts.SyntaxKind.NeverKeyword) return true;
  if (!ts.isTypeLiteralNode(type) || !ts.isIdentifier(name)) return false;
  return (
    type.members.length === 0 ||
    (name.text === 'headers' && type.members.every(ts.isIndexSignatureDeclaration))
  );
}

/** The generator writes these of every document; of the API there are none. */
function isOfTheApi(node: ts.Node): boolean {
  return !(ts.isTypeAliasDeclaration(node) && ['webhooks', '$defs'].includes(node.name.text));
}

/** Comments say what the types do not, in words rather than tags. */
function tidyComments(text: string): string {
  return text
    .replaceAll(/^ *\/\*\* @(constant|enum)\b.*\*\/\n/gm, '')
    .replaceAll(/^ *\* @(constant|enum)\b.*\n/gm, '')
    .replaceAll(/^( *\*) ([^@\n].*)\n *\* @description /gm, '$1 $2\n$1\n$1 ')
    .replaceAll('* @description ', '* ');
}
