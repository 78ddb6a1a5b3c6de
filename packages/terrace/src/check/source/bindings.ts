import { isSyntax, visitChildren, type Syntax, type VisitorKeys } from './syntax.ts'

/** An expression that a name stands for, or the part of it at the end of a path of properties; null: one that is not known. */
export interface Given {
  readonly node: Syntax
  readonly names: Names
  readonly path: readonly (string | null)[]
}

export type Binding =
  | { readonly kind: 'import'; readonly module: string; readonly name: string }
  | { readonly kind: 'class' | 'function'; readonly node: Syntax; readonly names: Names }
  | {
      readonly kind: 'variable'
      /** Every value that is written into it; empty for what only a caller gives. */
      readonly given: Given[]
      readonly isParameter: boolean
      /** The type that it was declared with. */
      readonly type: Syntax | null
    }

/** The names of one block, inside of another. */
export interface Names {
  readonly outer: Names | null
  readonly isFunction: boolean
  readonly own: Map<string, Binding>
}

export function bindingOf(name: string, innermost: Names): Binding | null {
  for (let names: Names | null = innermost; names !== null; names = names.outer) {
    const found = names.own.get(name)
    if (found !== undefined) return found
  }
  return null
}

/** What a file gives to others, by name: a local name, or another module's. */
export type Export =
  | { readonly kind: 'local'; readonly name: string }
  | { readonly kind: 'expression'; readonly node: Syntax }
  | { readonly kind: 'from'; readonly module: string; readonly name: string }

export interface ModuleNames {
  readonly top: Names
  /** The names of each node that has some of its own. */
  readonly of: ReadonlyMap<Syntax, Names>
  readonly exports: ReadonlyMap<string, Export>
  /** `export * from '…'`. */
  readonly exportsAllOf: readonly string[]
  /** Every module that the file asks for, and whether something of it runs. */
  readonly asks: readonly Asked[]
  readonly types: ReadonlyMap<string, Syntax>
}

export interface Asked {
  readonly module: string
  readonly node: Syntax
}

interface Reading {
  readonly keys: VisitorKeys
  readonly of: Map<Syntax, Names>
  readonly exports: Map<string, Export>
  readonly exportsAllOf: string[]
  readonly asks: Asked[]
  readonly types: Map<string, Syntax>
  /** Assignments, known to their names only once all names are. */
  readonly later: (() => void)[]
}

/** Which name stands for what, in each block of a file. */
export function namesOf(program: Syntax, keys: VisitorKeys): ModuleNames {
  const top: Names = { outer: null, isFunction: true, own: new Map() }
  const reading: Reading = {
    keys,
    of: new Map([[program, top]]),
    exports: new Map(),
    exportsAllOf: [],
    asks: [],
    types: typesOf(program),
    later: [],
  }
  readChildren(program, top, reading)
  for (const note of reading.later) note()
  return { top, ...reading }
}

function typesOf(program: Syntax): Map<string, Syntax> {
  const types = new Map<string, Syntax>()
  for (const statement of program['body'] as readonly Syntax[]) {
    const declared = isSyntax(statement['declaration']) ? statement['declaration'] : statement
    if (!typeDeclarations.has(declared.type) || !isSyntax(declared['id'])) continue
    types.set(declared['id']['name'] as string, declared)
  }
  return types
}

const typeDeclarations: ReadonlySet<string> = new Set([
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
  'ClassDeclaration',
])

function readChildren(node: Syntax, names: Names, reading: Reading): void {
  visitChildren(node, reading.keys, (child) => read(child, names, reading))
}

function read(node: Syntax, names: Names, reading: Reading): void {
  const reader = readers[node.type]
  if (reader === undefined) readChildren(node, names, reading)
  else reader(node, names, reading)
}

type Read = (node: Syntax, names: Names, reading: Reading) => void

const readers: Readonly<Record<string, Read>> = {
  ImportDeclaration: readImport,
  ExportNamedDeclaration: readNamedExport,
  ExportDefaultDeclaration: (node, names, reading) => {
    reading.exports.set('default', { kind: 'expression', node: node['declaration'] as Syntax })
    readChildren(node, names, reading)
  },
  ExportAllDeclaration: readAllExport,
  ImportExpression: (node, names, reading) => {
    ask(node, node['source'], reading)
    readChildren(node, names, reading)
  },
  CallExpression: (node, names, reading) => {
    if ((node['callee'] as Syntax)['name'] === 'require') ask(node, (node['arguments'] as Syntax[])[0], reading)
    readChildren(node, names, reading)
  },
  TSImportEqualsDeclaration: (node, names, reading) => {
    const from = node['moduleReference'] as Syntax
    if (from.type !== 'TSExternalModuleReference') return
    const module = ask(node, from['expression'], reading)
    if (module !== null) names.own.set(nameOf(node['id']), { kind: 'import', module, name: '*' })
  },
  VariableDeclaration: readVariables,
  AssignmentExpression: (node, names, reading) => {
    const given: Given = { node: node['right'] as Syntax, names, path: [] }
    reading.later.push(() => assign(node['left'] as Syntax, given, names))
    readChildren(node, names, reading)
  },
  FunctionDeclaration: readFunction,
  FunctionExpression: readFunction,
  ArrowFunctionExpression: readFunction,
  ClassDeclaration: readClass,
  ClassExpression: readClass,
  BlockStatement: readBlock,
  ForStatement: readBlock,
  ForInStatement: readBlock,
  ForOfStatement: readBlock,
  SwitchStatement: readBlock,
  CatchClause: (node, names, reading) => {
    const own = blockOf(node, names, reading)
    if (isSyntax(node['param'])) bind(node['param'], null, { names: own, reading, isParameter: true })
    readChildren(node, own, reading)
  },
}

function ask(node: Syntax, source: unknown, reading: Reading): string | null {
  if (!isSyntax(source) || typeof source['value'] !== 'string') return null
  reading.asks.push({ module: source['value'], node })
  return source['value']
}

function readImport(node: Syntax, names: Names, reading: Reading): void {
  if (node['importKind'] === 'type') return
  const specifiers = (node['specifiers'] as readonly Syntax[]).filter((each) => each['importKind'] !== 'type')
  if (specifiers.length === 0 && (node['specifiers'] as readonly Syntax[]).length > 0) return
  const module = ask(node, node['source'], reading) as string
  for (const specifier of specifiers) {
    names.own.set(nameOf(specifier['local']), { kind: 'import', module, name: importedName(specifier) })
  }
}

function importedName({ type, imported }: Syntax): string {
  if (type === 'ImportNamespaceSpecifier') return '*'
  return type === 'ImportDefaultSpecifier' ? 'default' : nameOf(imported)
}

/** Of an identifier, or a name in quotes. */
const nameOf = (node: unknown): string => String((node as Syntax)['name'] ?? (node as Syntax)['value'])

function readNamedExport(node: Syntax, names: Names, reading: Reading): void {
  if (node['exportKind'] === 'type') return
  const module = isSyntax(node['source']) ? ask(node, node['source'], reading) : null
  for (const { local, exported, exportKind } of node['specifiers'] as readonly Syntax[]) {
    if (exportKind === 'type') continue
    const name = nameOf(local)
    reading.exports.set(nameOf(exported), module === null ? { kind: 'local', name } : { kind: 'from', module, name })
  }
  if (!isSyntax(node['declaration'])) return
  const before = new Set(names.own.keys())
  read(node['declaration'], names, reading)
  for (const name of names.own.keys()) if (!before.has(name)) reading.exports.set(name, { kind: 'local', name })
}

function readAllExport(node: Syntax, _names: Names, reading: Reading): void {
  if (node['exportKind'] === 'type') return
  const module = ask(node, node['source'], reading) as string
  if (isSyntax(node['exported'])) reading.exports.set(nameOf(node['exported']), { kind: 'from', module, name: '*' })
  else reading.exportsAllOf.push(module)
}

function readVariables(node: Syntax, names: Names, reading: Reading): void {
  const home = node['kind'] === 'var' ? functionOf(names) : names
  for (const { id, init } of node['declarations'] as readonly Syntax[]) {
    const given = isSyntax(init) ? { node: init, names, path: [] } : null
    bind(id as Syntax, given, { names: home, reading, isParameter: false })
  }
  readChildren(node, names, reading)
}

function functionOf(names: Names): Names {
  return names.isFunction || names.outer === null ? names : functionOf(names.outer)
}

function readFunction(node: Syntax, names: Names, reading: Reading): void {
  if (node.type === 'FunctionDeclaration' && isSyntax(node['id']))
    names.own.set(nameOf(node['id']), { kind: 'function', node, names })
  const own: Names = { outer: names, isFunction: true, own: new Map() }
  reading.of.set(node, own)
  if (node.type === 'FunctionExpression' && isSyntax(node['id']))
    own.own.set(nameOf(node['id']), { kind: 'function', node, names })
  for (const parameter of node['params'] as readonly Syntax[])
    bind(parameter, null, { names: own, reading, isParameter: true })
  readChildren(node, own, reading)
}

function readClass(node: Syntax, names: Names, reading: Reading): void {
  if (isSyntax(node['id'])) names.own.set(nameOf(node['id']), { kind: 'class', node, names })
  readChildren(node, names, reading)
}

function readBlock(node: Syntax, names: Names, reading: Reading): void {
  readChildren(node, blockOf(node, names, reading), reading)
}

function blockOf(node: Syntax, names: Names, reading: Reading): Names {
  const own: Names = { outer: names, isFunction: false, own: new Map() }
  reading.of.set(node, own)
  return own
}

interface Place {
  readonly names: Names
  readonly reading: Reading
  readonly isParameter: boolean
}

/** Declares the names of a pattern. */
function bind(pattern: Syntax, given: Given | null, place: Place): void {
  for (const { target, given: parts } of targetsOf(pattern, given === null ? [] : [given], place.names)) {
    const annotation = target['typeAnnotation']
    const type = isSyntax(annotation) ? (annotation['typeAnnotation'] as Syntax) : null
    place.names.own.set(nameOf(target), { kind: 'variable', given: [...parts], isParameter: place.isParameter, type })
  }
}

function assign(pattern: Syntax, given: Given, names: Names): void {
  for (const { target, given: parts } of targetsOf(pattern, [given], names)) {
    const binding = bindingOf(nameOf(target), names)
    if (binding?.kind === 'variable') binding.given.push(...parts)
  }
}

interface Target {
  readonly target: Syntax
  readonly given: readonly Given[]
}

/** The names that a pattern fills, each with what it is filled from. */
function targetsOf(pattern: Syntax, given: readonly Given[], names: Names): readonly Target[] {
  switch (pattern.type) {
    case 'Identifier':
      return [{ target: pattern, given }]
    case 'AssignmentPattern':
      return targetsOf(
        pattern['left'] as Syntax,
        [...given, { node: pattern['right'] as Syntax, names, path: [] }],
        names,
      )
    case 'RestElement':
      return targetsOf(pattern['argument'] as Syntax, given, names)
    case 'TSParameterProperty':
      return targetsOf(pattern['parameter'] as Syntax, given, names)
    case 'ObjectPattern':
      return (pattern['properties'] as readonly Syntax[]).flatMap((property) => propertyTargets(property, given, names))
    case 'ArrayPattern':
      return (pattern['elements'] as readonly (Syntax | null)[]).flatMap((element) =>
        element === null ? [] : targetsOf(element, within(given, null), names),
      )
    default:
      return []
  }
}

function propertyTargets(property: Syntax, given: readonly Given[], names: Names): readonly Target[] {
  if (property.type === 'RestElement') return targetsOf(property['argument'] as Syntax, given, names)
  return targetsOf(property['value'] as Syntax, within(given, plainKey(property)), names)
}

const within = (given: readonly Given[], name: string | null): readonly Given[] =>
  given.map((each) => ({ ...each, path: [...each.path, name] }))

/** The name of a property that is written as one; null for a computed one. */
export function plainKey({ key, computed }: Syntax): string | null {
  const { type, name, value } = key as Syntax
  if (computed !== true && type === 'Identifier') return name as string
  return type === 'Literal' && typeof value === 'string' ? value : null
}
