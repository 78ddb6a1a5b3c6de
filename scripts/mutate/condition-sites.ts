import type { Change, Site } from './mutant.ts'
import { calledName, child, type SyntaxNode } from './syntax.ts'

type Answer = 'true' | 'false'

interface ConditionPlace {
  readonly text: string
  readonly names: readonly string[]
}

/**
 * What a condition may become: always true, always false, and one further where it compares. Of `a && b` each part becomes true
 * and the whole false, of `a || b` each part false and the whole true: what else there is, is noticed by whoever notices one of these. So
 * is a negation, which is wrong wherever one of the two constants is.
 */
export function conditionSites(
  node: SyntaxNode,
  place: ConditionPlace,
  answers: readonly Answer[] = ['true', 'false'],
): readonly Site[] {
  if (node.type === 'UnaryExpression' && node['operator'] === '!')
    return conditionSites(child(node, 'argument'), place, answers.map(opposite))
  if (node.type !== 'LogicalExpression' || node['operator'] === '??') return [siteOf(node, place, answers)]
  const ofParts: Answer = node['operator'] === '&&' ? 'true' : 'false'
  const ofWhole = opposite(ofParts)
  return [
    ...(answers.includes(ofWhole) ? [siteOf(node, place, [ofWhole])] : []),
    ...(answers.includes(ofParts)
      ? ['left', 'right'].flatMap((side) => conditionSites(child(node, side), place, [ofParts]))
      : []),
  ]
}

const opposite = (answer: Answer): Answer => (answer === 'true' ? 'false' : 'true')

function siteOf(node: SyntaxNode, { names, text }: ConditionPlace, answers: readonly Answer[]): Site {
  const constants = answers.map((answer): Change => ({ kind: 'condition', text: answer }))
  const changes = [...constants, ...boundary(node, text)]
  return { form: 'expression', start: node.start, end: node.end, within: names.join('.'), changes }
}

const boundaries: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' }

function boundary(node: SyntaxNode, text: string): readonly Change[] {
  const other = node.type === 'BinaryExpression' ? boundaries[node['operator'] as string] : undefined
  if (other === undefined) return []
  const [left, right] = [child(node, 'left'), child(node, 'right')]
  return [
    {
      kind: 'boundary',
      text: `(${text.slice(left.start, left.end)}) ${other} (${text.slice(right.start, right.end)})`,
    },
  ]
}

const comparisons: ReadonlySet<string> = new Set(['===', '!==', '<', '<=', '>', '>=', 'in', 'instanceof'])
const predicates = /^(has|includes|some|every|startsWith|endsWith|test|hasOwn)$|^(is|has|can|may|needs|supports)[A-Z]/

/** Whether an expression says yes or no, wherever it stands. */
export function isCondition(node: SyntaxNode): boolean {
  if (node.type === 'BinaryExpression') return comparisons.has(node['operator'] as string)
  if (node.type === 'UnaryExpression') return node['operator'] === '!'
  if (node.type === 'LogicalExpression') return node['operator'] !== '??' && isCondition(child(node, 'right'))
  if (node.type === 'ChainExpression') return isCondition(child(node, 'expression'))
  return node.type === 'CallExpression' && predicates.test(calledName(node) ?? '')
}
