import { bindingOf, plainKey, type Binding, type Given, type Names } from './bindings.ts'
import type { Module, ProjectModules } from './project-modules.ts'
import { unwrapped, type Syntax } from './syntax.ts'

/** What an expression may be, as far as the text says it. */
export type Value =
  | { readonly kind: 'plain'; readonly value: unknown }
  | { readonly kind: 'object' | 'array' | 'class' | 'function' | 'instance'; readonly node: Syntax; readonly at: At }
  /** What a package exports; `*`: all of it. */
  | { readonly kind: 'package'; readonly module: string; readonly name: string }
  | { readonly kind: 'module'; readonly module: Module }
  /** What a caller gives, with the type it was declared with. */
  | { readonly kind: 'given'; readonly type: Syntax | null; readonly at: At }
  | { readonly kind: 'unknown' }

/** Where an expression stands: what its names mean. */
export interface At {
  readonly module: Module
  readonly names: Names
}

const unknown: readonly Value[] = [{ kind: 'unknown' }]
const plain = (value: unknown): readonly Value[] => [{ kind: 'plain', value }]

/** No name is followed further: it would be longer than anybody writes, or a circle. */
const deepest = 24

/** Follows names to what they stand for: through constants, properties, patterns, aliases, files and re-exports. */
export class Evaluator {
  readonly #modules: ProjectModules
  /** Names that are being followed: one that leads back to itself gives nothing new. */
  readonly #open = new Set<Binding>()
  #depth = 0

  constructor(modules: ProjectModules) {
    this.#modules = modules
  }

  /** Every value that it may have. */
  values(node: Syntax, at: At): readonly Value[] {
    const inner = unwrapped(node)
    return this.#within(() => evaluators[inner.type]?.(this, inner, at) ?? unknown)
  }

  /** The text that a computed name is known to be; null where it is none. */
  textOf(node: Syntax, at: At): string | null {
    const [only, ...others] = this.values(node, at)
    return only?.kind === 'plain' && others.length === 0 && typeof only.value === 'string' ? only.value : null
  }

  /** The name of the property that a member or a property of an object names; null where that is not known. */
  keyOf(node: Syntax, at: At): string | null {
    const key = (node['property'] ?? node['key']) as Syntax
    if (key.type === 'PrivateIdentifier') return `#${String(key['name'])}`
    if (node['computed'] === true) return this.textOf(key, at)
    return node['property'] === undefined ? plainKey(node) : (key['name'] as string)
  }

  named(name: string, at: At): readonly Value[] {
    const binding = bindingOf(name, at.names)
    if (binding === null) return name === 'undefined' ? plain(undefined) : unknown
    return this.#bound(binding, at)
  }

  property(value: Value, name: string | null): readonly Value[] {
    if (value.kind === 'module') return name === null ? unknown : this.exported(value.module, name)
    if (value.kind === 'package') return value.name === '*' && name !== null ? [{ ...value, name }] : unknown
    if (value.kind === 'object') return this.#within(() => this.#objectProperty(value.node, name, value.at))
    return unknown
  }

  exported(module: Module, name: string): readonly Value[] {
    return this.#within(() => this.#exported(module, name))
  }

  /** What a module's name stands for, as one file asks for it. */
  moduleNamed(specifier: string, name: string, from: Module): readonly Value[] {
    const file = this.#modules.fileOf(specifier, from.file)
    if (file === null) return [{ kind: 'package', module: specifier, name }]
    const module = this.#modules.module(file)
    if (module === null) return unknown
    return name === '*' ? [{ kind: 'module', module }] : this.exported(module, name)
  }

  #within(follow: () => readonly Value[]): readonly Value[] {
    if (this.#depth >= deepest) return unknown
    this.#depth += 1
    try {
      return follow()
    } finally {
      this.#depth -= 1
    }
  }

  #exported(module: Module, name: string): readonly Value[] {
    const found = module.names.exports.get(name)
    const at: At = { module, names: module.names.top }
    if (found?.kind === 'local') return this.named(found.name, at)
    if (found?.kind === 'from') return this.moduleNamed(found.module, found.name, module)
    if (found?.kind === 'expression') return this.values(found.node, at)
    const all = module.names.exportsAllOf.flatMap((from) => this.moduleNamed(from, name, module))
    const known = all.filter(({ kind }) => kind !== 'unknown')
    return known.length > 0 ? known : unknown
  }

  #bound(binding: Binding, at: At): readonly Value[] {
    if (binding.kind === 'import') return this.moduleNamed(binding.module, binding.name, at.module)
    if (binding.kind !== 'variable')
      return [{ kind: binding.kind, node: binding.node, at: { module: at.module, names: binding.names } }]
    if (this.#open.has(binding)) return []
    this.#open.add(binding)
    const given = binding.given.flatMap((each) => this.#given(each, at.module))
    this.#open.delete(binding)
    if (!binding.isParameter && given.length > 0) return given
    return [...given, { kind: 'given', type: binding.type, at }]
  }

  #given({ node, names, path }: Given, module: Module): readonly Value[] {
    let values = this.values(node, { module, names })
    for (const name of path) values = values.flatMap((value) => this.property(value, name))
    return values
  }

  #objectProperty(node: Syntax, name: string | null, at: At): readonly Value[] {
    const found: Value[] = []
    for (const property of (node['properties'] as readonly Syntax[]).toReversed()) {
      if (property.type === 'SpreadElement') {
        const spread = this.values(property['argument'] as Syntax, at)
        const within = spread.flatMap((value) => this.property(value, name))
        if (within.every(({ kind }) => kind === 'plain')) {
          if (within.some((value) => value.kind === 'plain' && value.value !== undefined)) return [...found, ...within]
        } else found.push(...within)
        continue
      }
      const key = this.keyOf(property, at)
      if (key === null || name === null) found.push({ kind: 'unknown' })
      else if (key === name) return [...found, ...this.values(property['value'] as Syntax, at)]
    }
    return found.length > 0 ? found : plain(undefined)
  }
}

type Evaluate = (evaluator: Evaluator, node: Syntax, at: At) => readonly Value[]

const both: (...keys: string[]) => Evaluate =
  (...keys) =>
  (evaluator, node, at) =>
    keys.flatMap((key) => evaluator.values(node[key] as Syntax, at))

const made =
  (kind: 'object' | 'array' | 'class' | 'function'): Evaluate =>
  (_, node, at) => [{ kind, node, at }]

const evaluators: Readonly<Record<string, Evaluate>> = {
  Literal: (_, node) => plain(node['regex'] === undefined ? node['value'] : node['regex']),
  TemplateLiteral: templateValue,
  BinaryExpression: binaryValue,
  UnaryExpression: (_, { operator }) => (operator === 'void' ? plain(undefined) : plain(true)),
  UpdateExpression: () => plain(0),
  ConditionalExpression: both('consequent', 'alternate'),
  LogicalExpression: both('left', 'right'),
  AssignmentExpression: both('right'),
  ObjectExpression: made('object'),
  ArrayExpression: made('array'),
  ClassExpression: made('class'),
  FunctionExpression: made('function'),
  ArrowFunctionExpression: made('function'),
  // `export default function …`, `export default class …`
  FunctionDeclaration: made('function'),
  ClassDeclaration: made('class'),
  Identifier: (evaluator, node, at) => evaluator.named(node['name'] as string, at),
  MemberExpression: (evaluator, node, at) => {
    const name = evaluator.keyOf(node, at)
    return evaluator.values(node['object'] as Syntax, at).flatMap((value) => evaluator.property(value, name))
  },
  ImportExpression: (evaluator, node, at) => namespaceOf(evaluator, node['source'] as Syntax, at),
  CallExpression: callValue,
  NewExpression: (evaluator, node, at) =>
    evaluator.values(node['callee'] as Syntax, at).map((value) => {
      return value.kind === 'class' ? { ...value, kind: 'instance' } : { kind: 'unknown' }
    }),
}

function templateValue(evaluator: Evaluator, node: Syntax, at: At): readonly Value[] {
  const parts = node['quasis'] as readonly { readonly value: { readonly cooked: string } }[]
  const texts = (node['expressions'] as readonly Syntax[]).map((part) => evaluator.textOf(part, at))
  if (texts.includes(null)) return unknown
  return plain(parts.map(({ value }, index) => `${value.cooked}${texts[index] ?? ''}`).join(''))
}

/** Texts joined; what compares and calculates gives no text, whichever value it is. */
function binaryValue(evaluator: Evaluator, { operator, left, right }: Syntax, at: At): readonly Value[] {
  if (operator !== '+') return plain(0)
  const [one, other] = [evaluator.textOf(left as Syntax, at), evaluator.textOf(right as Syntax, at)]
  return one === null || other === null ? unknown : plain(`${one}${other}`)
}

function namespaceOf(evaluator: Evaluator, source: Syntax, at: At): readonly Value[] {
  const module = evaluator.textOf(source, at)
  return module === null ? unknown : evaluator.moduleNamed(module, '*', at.module)
}

/** Methods of DAOs and arrays that give a number or a truth: no text that an option could be. */
const plainCalls: ReadonlySet<string> = new Set([
  'count',
  'deleteWhere',
  'every',
  'exists',
  'has',
  'includes',
  'some',
  'updateWhere',
])

function callValue(evaluator: Evaluator, node: Syntax, at: At): readonly Value[] {
  const callee = unwrapped(node['callee'] as Syntax)
  const [first] = node['arguments'] as readonly Syntax[]
  if (callee.type === 'Identifier' && callee['name'] === 'require' && first !== undefined)
    return namespaceOf(evaluator, first, at)
  const name = callee.type === 'MemberExpression' ? evaluator.keyOf(callee, at) : null
  if (name === 'freeze' && first !== undefined) return evaluator.values(first, at)
  if (name !== null && plainCalls.has(name)) return plain(0)
  // What the declarations of models and shapes make is no option.
  const isDeclaration = evaluator
    .values(callee, at)
    .every((value) => value.kind === 'package' && (value.module === 'terrace/model' || value.module === 'terrace/dto'))
  return isDeclaration ? plain(0) : unknown
}
