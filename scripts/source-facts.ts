import { parseSync } from 'vite';

/** One import, re-export, dynamic import or `import('...')` type of a source file. */
export interface ImportFact {
  /** As written, without a query such as `?url`. */
  readonly source: string;
  /** True when nothing is left of it at run time. */
  readonly typeOnly: boolean;
  /** From 1. */
  readonly line: number;
}

/** A platform value that a file reads: `Date.now`, `document`, `new Date()`, ... */
export interface GlobalFact {
  readonly name: string;
  /** From 1. */
  readonly line: number;
}

export interface SourceFacts {
  readonly imports: readonly ImportFact[];
  readonly globals: readonly GlobalFact[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

function childrenOf(node: Node): [string, Node][] {
  const children: [string, Node][] = [];
  for (const [key, value] of Object.entries(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) children.push([key, child]);
    }
  }
  return children;
}

function walk(node: Node, visit: (node: Node, key: string) => void, key = ''): void {
  visit(node, key);
  for (const [childKey, child] of childrenOf(node)) walk(child, visit, childKey);
}

/** Names that a pattern binds: `{ a, b: [c], ...d } = {}` binds a, c and d. */
function boundNames(pattern: Node): string[] {
  if (pattern.type === 'Identifier') return [String(pattern.name)];
  const parts = [pattern.properties, pattern.elements, pattern.value, pattern.left, pattern.argument].flat();
  return parts.filter(isNode).flatMap(boundNames);
}

/** Names that the file itself declares anywhere: a parameter called `window` is no platform value. */
function declaredNames(program: Node): Set<string> {
  const names = new Set<string>();
  const declaring = new Set(['id', 'params', 'param', 'local']);
  walk(program, (node, key) => {
    if (!declaring.has(key)) return;
    for (const name of boundNames(node)) names.add(name);
  });
  return names;
}

/** `Date.now` of a plain member access, else ''. */
function memberName(node: Node): string {
  const { object, property } = node;
  if (!isNode(object) || !isNode(property) || node.computed === true) return '';
  return object.type === 'Identifier' ? `${String(object.name)}.${String(property.name)}` : '';
}

function globalReads(program: Node): { name: string; start: number }[] {
  const declared = declaredNames(program);
  const reads: { name: string; start: number }[] = [];
  const add = (name: string, start: number): void => {
    if (name !== '' && !declared.has(name.split('.')[0] ?? '')) reads.push({ name, start });
  };
  walk(program, (node, key) => {
    const isName = node.type === 'Identifier' && key !== 'property' && key !== 'key';
    if (isName) add(String(node.name), node.start);
    if (node.type === 'MemberExpression') add(memberName(node), node.start);
    const callee = node.callee;
    const bareNew = node.type === 'NewExpression' && (node.arguments as unknown[]).length === 0;
    if (bareNew && isNode(callee) && callee.type === 'Identifier')
      add(`new ${String(callee.name)}()`, node.start);
  });
  return reads;
}

/** `import('./x')` in type position and in code; static ones come from the parser's module record. */
function inlineImports(program: Node): { source: string; typeOnly: boolean; start: number }[] {
  const found: { source: string; typeOnly: boolean; start: number }[] = [];
  walk(program, (node) => {
    const source = node.source;
    if (!isNode(source) || typeof source.value !== 'string') return;
    if (node.type === 'ImportExpression')
      found.push({ source: source.value, typeOnly: false, start: node.start });
    if (node.type === 'TSImportType') found.push({ source: source.value, typeOnly: true, start: node.start });
  });
  return found;
}

/**
 * What a TypeScript file imports and which names it reads from its platform, from its syntax tree.
 *
 * @param path decides the dialect (.ts or .tsx); nothing is read from disk
 * @throws {SyntaxError} the text is not TypeScript
 */
export function sourceFacts(path: string, text: string): SourceFacts {
  const parsed = parseSync(path, text);
  const failure = parsed.errors[0];
  if (failure !== undefined) throw new SyntaxError(`${path}: ${failure.message}`);
  const program = parsed.program as unknown as Node;
  const lineAt = (start: number): number => text.slice(0, start).split('\n').length;

  const found = inlineImports(program);
  for (const { moduleRequest, entries, start } of parsed.module.staticImports) {
    const typeOnly = entries.length > 0 && entries.every((entry) => entry.isType);
    found.push({ source: moduleRequest.value, typeOnly, start });
  }
  for (const { entries, start } of parsed.module.staticExports) {
    for (const { moduleRequest, isType } of entries) {
      if (moduleRequest !== null) found.push({ source: moduleRequest.value, typeOnly: isType, start });
    }
  }
  return {
    imports: found.map(({ source, typeOnly, start }) => ({
      source: source.replace(/\?.*$/, ''),
      typeOnly,
      line: lineAt(start),
    })),
    globals: globalReads(program).map(({ name, start }) => ({ name, line: lineAt(start) })),
  };
}
