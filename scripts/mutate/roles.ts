import type { ChangeKind, Role } from './mutant.ts'
import { calledName, child, childrenOf, isNode, list, nameOf, type SyntaxNode } from './syntax.ts'

/** Files that are nothing but guards: whose rows, which of them, where these conditions stand, and what may be referred to. */
const guardFiles =
  /\/(scope-conditions|member-conditions|owner-parameter|reference-checks|require-references|fenced|from|is-compiled-statement)\.ts$/

/** A check, run for its refusal. */
const checks = /^(require|check|refuse)[A-Z]/

/** What gives or holds conditions. */
const conditionNames = /([cC]onditions?|[gG]uards?|[fF]ences?)$|[fF]enced|^(allOf|anyOf|guarded)$/

/** Who a statement is for: what depends on it is another thing for a session with a scope. */
const asksWho = /\bisUnscoped\(|\bscope\.kind\b|\bbyRule\b|\ballowUnbounded\b/

/** Names that decide about a refusal anywhere in a file: predicates that are asked, and variables that are tested. */
export interface Deciders {
  readonly isGuardFile: boolean
  readonly names: ReadonlySet<string>
}

export function decidersOf(path: string, program: SyntaxNode): Deciders {
  const names = new Set<string>()
  gather(program, null, names)
  return { isGuardFile: guardFiles.test(path), names }
}

function gather(node: SyntaxNode, parent: SyntaxNode | null, names: Set<string>): void {
  if (node.type === 'IfStatement' && decidesRefusal(node, parent)) gatherNames(child(node, 'test'), names)
  for (const part of childrenOf(node)) gather(part, node, names)
}

function gatherNames(node: SyntaxNode, names: Set<string>): void {
  if (node.type === 'Identifier') names.add(node['name'] as string)
  for (const part of childrenOf(node)) gatherNames(part, names)
}

/** Whether an `if` decides about a refusal: it refuses itself, or goes past the one at the end of its block. */
function decidesRefusal(node: SyntaxNode, parent: SyntaxNode | null): boolean {
  const branches = [node['consequent'], node['alternate']].filter(isNode)
  if (branches.some(refuses)) return true
  return parent?.type === 'BlockStatement' && lastOf(parent)?.type === 'ThrowStatement' && branches.some(leaves)
}

const lastOf = (block: SyntaxNode): SyntaxNode | null => list(block, 'body').at(-1) ?? null

const endOf = (node: SyntaxNode): SyntaxNode | null => (node.type === 'BlockStatement' ? lastOf(node) : node)

const refuses = (node: SyntaxNode): boolean => {
  const end = endOf(node)
  return end !== null && (end.type === 'ThrowStatement' || isCheck(end))
}

const leaves = (node: SyntaxNode): boolean => /^(Return|Continue)Statement$/.test(endOf(node)?.type ?? '')

/** `requireX(…)`, what is added to a list of conditions or checks, and what becomes the condition of a statement. */
function isCheck(node: SyntaxNode): boolean {
  if (node.type !== 'ExpressionStatement') return false
  const run = child(node, 'expression')
  if (run.type === 'AssignmentExpression')
    return /^(where|on|having)$/.test(nameOf(child(run, 'left')['property']) ?? '')
  const call = run.type === 'AwaitExpression' ? child(run, 'argument') : run
  if (call.type !== 'CallExpression') return false
  const name = calledName(call) ?? ''
  return checks.test(name) || (name === 'push' && conditionNames.test(listName(child(call, 'callee'))))
}

/** `guards` of `guards.push`, `checks` of `findings.checks.push`. */
function listName(callee: SyntaxNode): string {
  const object = child(callee, 'object')
  const name = object.type === 'MemberExpression' ? nameOf(object['property']) : nameOf(object)
  return name === 'checks' ? 'conditions' : (name ?? '')
}

/** Whether all that is inside of a node guards. */
export function guardsInside(node: SyntaxNode, { isGuardFile, names }: Deciders): boolean {
  if (isGuardFile) return true
  if (node.type === 'CallExpression') return conditionNames.test(calledName(node) ?? '')
  if (node.type !== 'FunctionDeclaration' && node.type !== 'VariableDeclarator') return false
  const name = nameOf(node['id']) ?? ''
  return checks.test(name) || conditionNames.test(name) || names.has(name)
}

interface Standing {
  readonly parent: SyntaxNode | null
  readonly text: string
}

/** The text of what a node asks: of an `if` its test alone. */
function conditionOf(node: SyntaxNode, text: string): string {
  const { start, end } = isNode(node['test']) ? child(node, 'test') : node
  return text.slice(start, end)
}

/** Kinds that take a refusal or a condition away wherever they stand. */
const guardKinds: ReadonlySet<ChangeKind> = new Set(['throw', 'property', 'mode'])

/** What a change of one kind, found at `node`, does. */
export function roleOf(kind: ChangeKind, node: SyntaxNode, { parent, text }: Standing): Role {
  if (guardKinds.has(kind)) return 'guard'
  if (kind === 'condition' && asksWho.test(conditionOf(node, text))) return 'guard'
  if (node.type === 'IfStatement') return decidesRefusal(node, parent) ? 'guard' : 'decision'
  if (node.type === 'ForOfStatement') return isLoopOfChecks(child(node, 'body')) ? 'guard' : 'decision'
  return isCheck(node) ? 'guard' : 'decision'
}

const isLoopOfChecks = (body: SyntaxNode): boolean =>
  body.type === 'BlockStatement'
    ? list(body, 'body').every((part) => part !== null && isRefusing(part))
    : isRefusing(body)

const isRefusing = (node: SyntaxNode): boolean =>
  isCheck(node) || node.type === 'ThrowStatement' || (node.type === 'IfStatement' && decidesRefusal(node, null))

/** The test of an `if` that refuses guards, its parts too. */
export const guardsTest = (part: SyntaxNode, node: SyntaxNode, parent: SyntaxNode | null): boolean =>
  node.type === 'IfStatement' && node['test'] === part && decidesRefusal(node, parent)
