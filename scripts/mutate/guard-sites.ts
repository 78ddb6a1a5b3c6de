import { conditionSites, isCondition } from './condition-sites.ts'
import type { Change, ChangeKind, Form, Role, Site } from './mutant.ts'
import { decidersOf, guardsInside, guardsTest, roleOf, type Deciders } from './roles.ts'
import { calledName, child, childrenOf, isNode, list, nameOf, parse, type SyntaxNode } from './syntax.ts'

/** Where a node stands. */
export interface Place {
  readonly text: string
  readonly names: readonly string[]
  readonly parent: SyntaxNode | null
  /** What the function around gives instead of a result: `[]` or `null`, by its declared type. */
  readonly emptyResult: string | null
  /** Between the parts of `a?.b.c()`, where nothing may be put in parentheses. */
  readonly isInChain: boolean
  /** It is part of what guards, whatever it is itself. */
  readonly isGuard: boolean
}

type Finder = (node: SyntaxNode, place: Place) => readonly Site[]

/** Every guard and decision of a file, outer ones before those inside them. */
export function guardSites(path: string, text: string): readonly Site[] {
  const found: Site[] = []
  const program = parse(path, text)
  const place = { text, names: [], parent: null, emptyResult: null, isInChain: false, isGuard: false }
  visit(program, place, { found, deciders: decidersOf(path, program) })
  const unique = new Map<string, Site>()
  for (const site of found) {
    const key = `${site.start} ${site.end} ${site.form}`
    const known = unique.get(key)
    unique.set(key, known === undefined ? site : { ...site, changes: united(known.changes, site.changes) })
  }
  return [...unique.values()].toSorted((a, b) => a.start - b.start || b.end - a.end || rank[a.form] - rank[b.form])
}

const rank: Readonly<Record<Form, number>> = { statement: 0, property: 1, element: 2, expression: 3 }

/** One of two that are the same guards where either does. */
const united = (some: readonly Change[], more: readonly Change[]): readonly Change[] => [
  ...some.map((change) => {
    const twin = more.find(({ text }) => text === change.text)
    return twin?.role === 'guard' ? { ...change, role: twin.role } : change
  }),
  ...more.filter(({ text }) => some.every((known) => known.text !== text)),
]

interface Visit {
  readonly found: Site[]
  readonly deciders: Deciders
}

function visit(node: SyntaxNode, outside: Place, all: Visit): void {
  if (skipped.has(node.type) || isErrorMaker(node)) return
  const place = { ...outside, isGuard: outside.isGuard || guardsInside(node, all.deciders) }
  all.found.push(...(finders[node.type]?.(node, place) ?? []).map((made) => withRoles(made, node, place)))
  // What a refusal says is no guard: that it is thrown is one.
  if (node.type === 'ThrowStatement') return
  const inside = {
    ...place,
    parent: node,
    names: namesInside(node, place),
    emptyResult: emptyResultInside(node, place),
  }
  for (const part of childrenOf(node)) {
    const isGuard = place.isGuard || guardsTest(part, node, place.parent)
    visit(part, { ...inside, isInChain: isLink(part, node, place), isGuard }, all)
  }
}

function withRoles(site: Site, node: SyntaxNode, place: Place): Site {
  const roleIn = (kind: ChangeKind): Role => (place.isGuard ? 'guard' : roleOf(kind, node, place))
  return { ...site, changes: site.changes.map((change) => ({ ...change, role: roleIn(change.kind) })) }
}

/** Of `a?.b.c(d)`: all but `d`. */
function isLink(part: SyntaxNode, node: SyntaxNode, { isInChain }: Place): boolean {
  return node.type === 'ChainExpression' || (isInChain && (node['callee'] === part || node['object'] === part))
}

const skipped: ReadonlySet<string> = new Set(['ImportDeclaration', 'ExportAllDeclaration'])

/** A function declared to give an error only words it. */
function isErrorMaker(node: SyntaxNode): boolean {
  const type = resultType(node)
  return type?.type === 'TSTypeReference' && (nameOf(type['typeName']) ?? '').endsWith('Error')
}

function resultType(node: SyntaxNode): SyntaxNode | null {
  const annotation = node['returnType']
  return isNode(annotation) ? child(annotation, 'typeAnnotation') : null
}

function namesInside(node: SyntaxNode, { names }: Place): readonly string[] {
  const own =
    node.type === 'VariableDeclarator' || node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration'
      ? nameOf(node['id'])
      : node.type === 'Property' || node.type === 'MethodDefinition' || node.type === 'PropertyDefinition'
        ? nameOf(node['key'])
        : null
  return own === null ? names : [...names, own]
}

const functions: ReadonlySet<string> = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])

function emptyResultInside(node: SyntaxNode, { text, emptyResult }: Place): string | null {
  if (!functions.has(node.type)) return emptyResult
  const type = resultType(node)
  if (type === null) return null
  const written = text.slice(type.start, type.end)
  if (/\| null>?$/.test(written)) return 'null'
  if (/\| undefined>?$/.test(written)) return 'undefined'
  return /\]>?$/.test(written) ? '[]' : null
}

const site = (form: Form, node: SyntaxNode, { names }: Place, changes: readonly Change[]): readonly Site[] =>
  changes.length === 0 ? [] : [{ form, start: node.start, end: node.end, within: names.join('.'), changes }]

const leftOut = (kind: ChangeKind): readonly Change[] => [{ kind, text: '' }]

const finders: Readonly<Record<string, Finder>> = {
  IfStatement: (node, place) => conditionSites(child(node, 'test'), place),
  ConditionalExpression: (node, place) => conditionSites(child(node, 'test'), place),
  WhileStatement: (node, place) => conditionSites(child(node, 'test'), place, ['false']),
  ForStatement: (node, place) => (isNode(node['test']) ? conditionSites(child(node, 'test'), place, ['false']) : []),
  ForOfStatement: (node, place) => site('expression', child(node, 'right'), place, [{ kind: 'loop', text: '[]' }]),
  LogicalExpression: logicalSites,
  BinaryExpression: valueSites,
  UnaryExpression: valueSites,
  ChainExpression: valueSites,
  CallExpression: (node, place) => [...valueSites(node, place), ...filterSites(node, place)],
  ThrowStatement: throwSites,
  ExpressionStatement: statementSites,
  ArrayExpression: elementSites,
  Literal: literalSites,
  Property: propertySites,
  ReturnStatement: (node, place) => (isNode(node['argument']) ? resultSites(child(node, 'argument'), place) : []),
  ArrowFunctionExpression: (node, place) =>
    child(node, 'body').type === 'BlockStatement'
      ? []
      : resultSites(child(node, 'body'), { ...place, emptyResult: emptyResultInside(node, place) }),
}

/** `a && value`: whether there is a value depends on `a`; `a || value`: whether it is needed. */
function logicalSites(node: SyntaxNode, place: Place): readonly Site[] {
  if (node['operator'] === '??' || isAsked(node, place)) return []
  if (isCondition(child(node, 'right'))) return conditionSites(node, place)
  return conditionSites(child(node, 'left'), place, node['operator'] === '&&' ? ['true', 'false'] : ['false'])
}

/** A condition that is given to somebody, not asked here. */
function valueSites(node: SyntaxNode, place: Place): readonly Site[] {
  return isCondition(node) && !place.isInChain && !isAsked(node, place) ? conditionSites(node, place) : []
}

/** Whether what stands around a condition has taken it into account. */
function isAsked(node: SyntaxNode, { parent }: Place): boolean {
  if (parent === null) return false
  if (parent.type === 'UnaryExpression') return parent['operator'] === '!'
  if (parent.type !== 'LogicalExpression') return parent['test'] === node
  return parent['operator'] !== '??' && (parent['left'] === node || isCondition(child(parent, 'right')))
}

function filterSites(node: SyntaxNode, place: Place): readonly Site[] {
  const callee = child(node, 'callee')
  if (calledName(node) !== 'filter' || callee.type !== 'MemberExpression' || place.isInChain) return []
  const { start, end } = child(callee, 'object')
  return site('expression', node, place, [{ kind: 'filter', text: place.text.slice(start, end) }])
}

/** A throw right behind its condition is left out by the condition. */
function throwSites(node: SyntaxNode, place: Place): readonly Site[] {
  return place.parent?.type === 'IfStatement' && !isNode(place.parent['alternate'])
    ? []
    : site('statement', node, place, leftOut('throw'))
}

/** What is run for its effect. */
function statementSites(node: SyntaxNode, place: Place): readonly Site[] {
  const run = child(node, 'expression')
  const isSuper = run.type === 'CallExpression' && child(run, 'callee').type === 'Super'
  return run.type === 'Literal' || isSuper ? [] : site('statement', node, place, leftOut('statement'))
}

/** What is listed. The pairs of `new Map([[key, value]])` stay pairs. */
function elementSites(node: SyntaxNode, place: Place): readonly Site[] {
  if (place.parent?.type === 'ArrayExpression') return []
  return list(node, 'elements').flatMap((element) =>
    element === null ? [] : site('element', element, place, leftOut('element')),
  )
}

/** The narrower way, and the wider one in its place. */
const modes: Readonly<Record<string, string>> = {
  without: 'with',
  with: 'without',
  only: 'without',
  read: 'write',
  write: 'read',
  where: 'on',
  inside: 'where',
}

function literalSites(node: SyntaxNode, place: Place): readonly Site[] {
  const { parent } = place
  if (parent === null || parent.type === 'BinaryExpression' || parent.type === 'SwitchCase') return []
  if (parent['key'] === node || parent.type === 'MemberExpression') return []
  const { value } = node
  if (typeof value === 'boolean') return site('expression', node, place, [{ kind: 'literal', text: String(!value) }])
  const other = typeof value === 'string' && Object.hasOwn(modes, value) ? modes[value] : undefined
  return other === undefined ? [] : site('expression', node, place, [{ kind: 'mode', text: `'${other}'` }])
}

const conditionKeys: ReadonlySet<string> = new Set(['where', 'on', 'having'])

function propertySites(node: SyntaxNode, place: Place): readonly Site[] {
  if (place.parent?.type !== 'ObjectExpression' || node['computed'] === true) return []
  return conditionKeys.has(nameOf(node['key']) ?? '') ? site('property', node, place, leftOut('property')) : []
}

const empties: ReadonlySet<string> = new Set(['[]', 'null', 'undefined'])

/** A list of conditions, or the one condition, that a function gives. */
function resultSites(node: SyntaxNode, place: Place): readonly Site[] {
  const { emptyResult, text } = place
  if (emptyResult === null || empties.has(text.slice(node.start, node.end))) return []
  if (emptyResult === '[]' && node.type === 'ArrayExpression' && list(node, 'elements').length === 1) return []
  return site('expression', node, place, [{ kind: 'result', text: emptyResult }])
}
