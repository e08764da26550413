import ts from 'typescript';

/** What is written of an API has its entities as members of this. */
const container = 'components';

/** Makes a type of its own of each entity, and refers to it by its name: as people read it who hover over it. */
export function nameEntities(nodes: readonly ts.Node[]): readonly ts.Node[] {
  const named = nodes.flatMap((node) =>
    ts.isInterfaceDeclaration(node) && node.name.text === container ? entitiesOf(node) : [node],
  );
  return ts.transform(named, [referByName]).transformed;
}

function entitiesOf({ members }: ts.InterfaceDeclaration): readonly ts.Node[] {
  return members.flatMap((member) =>
    ts.isPropertySignature(member) && member.type !== undefined && ts.isTypeLiteralNode(member.type)
      ? member.type.members.flatMap(toAlias)
      : [],
  );
}

function toAlias(entity: ts.TypeElement): readonly ts.Node[] {
  if (!ts.isPropertySignature(entity) || entity.type === undefined || !ts.isIdentifier(entity.name))
    throw new Error('An entity of the API has a name that is none for a type. Give its schema another id.');
  const { factory } = ts;
  const exported = [factory.createModifier(ts.SyntaxKind.ExportKeyword)];
  const alias = factory.createTypeAliasDeclaration(exported, entity.name, undefined, entity.type);
  return [ts.setSyntheticLeadingComments(alias, ts.getSyntheticLeadingComments(entity))];
}

const referByName: ts.TransformerFactory<ts.Node> = (context) => {
  const visit = (node: ts.Node): ts.Node => {
    const name = entityOf(node);
    return name === undefined
      ? ts.visitEachChild(node, visit, context)
      : context.factory.createTypeReferenceNode(name);
  };
  return visit;
};

/** Of `components['schemas']['Sync']`: `Sync`. */
function entityOf(node: ts.Node): string | undefined {
  if (!ts.isIndexedAccessTypeNode(node) || !ts.isIndexedAccessTypeNode(node.objectType)) return undefined;
  const { objectType } = node.objectType;
  const { indexType } = node;
  const isMember =
    ts.isTypeReferenceNode(objectType) &&
    ts.isIdentifier(objectType.typeName) &&
    objectType.typeName.text === container;
  return isMember && ts.isLiteralTypeNode(indexType) && ts.isStringLiteral(indexType.literal)
    ? indexType.literal.text
    : undefined;
}
