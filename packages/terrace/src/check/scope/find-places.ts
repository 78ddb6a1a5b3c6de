import { Evaluator, type At } from '../source/evaluate.ts'
import type { Module, ProjectModules } from '../source/project-modules.ts'
import { isWrapper, visitChildren, type Syntax } from '../source/syntax.ts'
import type { Place } from './place.ts'
import type { Found, Visit } from './place-rule.ts'
import { placeRules } from './place-rules.ts'

/** Every place of one file that steps outside, in the order of the text. */
export function findPlaces(module: Module, modules: ProjectModules, shownFile: string): readonly Place[] {
  const evaluator = new Evaluator(modules)
  const found = new Map<string, Place>()
  const around: Syntax[] = []
  walk(module.program, { module, names: module.names.top })
  return [...found.values()].toSorted((one, other) => one.line - other.line)

  function walk(node: Syntax, outer: At): void {
    const names = module.names.of.get(node)
    const at = names === undefined ? outer : { module, names }
    const rules = placeRules[node.type]
    if (rules !== undefined) {
      const visit: Visit = { node, around, at, evaluator }
      for (const rule of rules) note(rule(visit), visit)
    }
    around.push(node)
    visitChildren(node, modules.visitorKeys, (child) => walk(child, at))
    around.pop()
  }

  function note(place: Found | null, { node }: Visit): void {
    if (place === null) return
    const shown = place.shown ?? node
    const text = shownText(module.text.slice(shown.start, endOf(shown)))
    found.set(`${place.kind} ${shown.start}`, {
      file: shownFile,
      line: module.lineAt(shown.start),
      kind: place.kind,
      certainty: place.certainty,
      within: enclosing(around),
      text,
      reason: place.reason ?? null,
    })
  }
}

/** Of a call with functions only what stands before the first: what is done with the rows may change without another review. */
function endOf(node: Syntax): number {
  const first = firstFunction(node)
  return first === null ? node.end : first.start
}

function firstFunction(node: Syntax): Syntax | null {
  if (isWrapper(node)) return firstFunction((node['expression'] ?? node['argument']) as Syntax)
  const args = node.type === 'CallExpression' ? (node['arguments'] as readonly Syntax[]) : []
  return args.find(({ type }) => type === 'ArrowFunctionExpression' || type === 'FunctionExpression') ?? null
}

const longest = 160

function shownText(text: string): string {
  const oneLine = text
    .replaceAll(/\s+/g, ' ')
    .replace(/[\s,]+$/, '')
    .trim()
  return oneLine.length > longest ? `${oneLine.slice(0, longest)}…` : oneLine
}

function enclosing(around: readonly Syntax[]): string {
  return around.flatMap((node, at) => nameOf(node, around[at - 1]) ?? []).join('.')
}

const named: ReadonlySet<string> = new Set([
  'ClassDeclaration',
  'ClassExpression',
  'FunctionDeclaration',
  'MethodDefinition',
  'PropertyDefinition',
  'TSModuleDeclaration',
  'VariableDeclarator',
])

function nameOf(node: Syntax, outer: Syntax | undefined): string | null {
  const isMember = node.type === 'Property' && isFunction(node['value'] as Syntax)
  if (!named.has(node.type) && !isMember) return null
  if (node.type === 'ClassExpression' && outer?.type === 'VariableDeclarator') return null
  const name = (node['id'] ?? node['key']) as Syntax | null | undefined
  const text = name?.['name'] ?? name?.['value']
  return typeof text === 'string' ? text : null
}

const isFunction = ({ type }: Syntax): boolean => type === 'ArrowFunctionExpression' || type === 'FunctionExpression'
