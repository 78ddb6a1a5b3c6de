import { isDeepStrictEqual } from 'node:util'
import type { AliasNode, OperationNode, SelectQueryNode, TableNode } from 'kysely'
import { executorOf, unscoped } from '../../../src/database/index.ts'
import type { CompiledStatement, Database, DeletedMode, Scope } from '../../../src/database/index.ts'
import { TerraceError } from '../../../src/errors/index.ts'
import { Random } from '../../../src/testing/structures/random.ts'
import { grammarRows } from './grammar-rows.ts'
import type { GrammarShop } from './grammar-shop.ts'
import { QueryMaker } from './query-maker.ts'
import { erased, trash, trashTable, viewers } from './viewers.ts'
import type { Viewer } from './viewers.ts'

export type Outcome =
  | { readonly kind: 'rows'; readonly rows: readonly string[] }
  | { readonly kind: 'refused' | 'failed'; readonly code: string; readonly what: string }

export interface Found {
  readonly seed: number
  readonly viewer: string
  readonly tree: SelectQueryNode
  readonly guarded: Outcome
  readonly erased: Outcome
  /** What the engine answers when it does not rewrite a query that differs; null of the others, and where it has no switch. */
  readonly plain: Outcome | null
  /** Without the guard, of some queries; null of the others. */
  readonly open: Outcome | null
  readonly sql: string
}

export interface RunOptions {
  readonly firstSeed: number
  readonly count: number
  /** Of every how many queries one runs without the guard too. */
  readonly openEvery: number
  readonly taken: Map<string, number>
  /** Called for each query; what is not kept is forgotten. */
  readonly report: (found: Found) => void
}

interface Asked {
  readonly seed: number
  readonly tree: SelectQueryNode
  readonly isOrdered: boolean
}

const chunk = 500

/** Runs each query in the scope of its viewer, on the copy for that viewer, and some without any guard. */
export async function runGrammar(shop: GrammarShop, options: RunOptions): Promise<void> {
  const { firstSeed, count } = options
  const all = Array.from({ length: count }, (_, at) => firstSeed + at)
  const byViewer = Map.groupBy(all, viewerOf)
  for (const [viewer, seeds] of byViewer) {
    await shop.copyHolds({ ...erased(grammarRows(), viewer), ...trash(grammarRows(), viewer) })
    for (let at = 0; at < seeds.length; at += chunk) await runChunk(shop, viewer, seeds.slice(at, at + chunk), options)
  }
}

export function viewerOf(seed: number): Viewer {
  const weights = Object.fromEntries(viewers.map(({ weight }, at) => [`${at} `, weight]))
  return viewers[Number(new Random(seed * 7 + 1).weighted(weights))] as Viewer
}

async function runChunk(
  shop: GrammarShop,
  viewer: Viewer,
  seeds: readonly number[],
  { openEvery, taken, report }: RunOptions,
): Promise<void> {
  const asked = seeds.map((seed) => ask(shop, viewer, seed, taken))
  const { scope, deleted } = viewer
  const some = asked.map((one, at) => (at % openEvery === 0 ? { ...one, tree: withoutLocks(one.tree) } : null))
  const everything = unscoped('every row of this database')
  const [guarded, copied, open] = await Promise.all([
    answersOf(shop.guarded, { scope, deleted }, asked),
    answersOf(
      shop.copy,
      { scope: everything, deleted: 'without' },
      asked.map((one) => ({ ...one, tree: onTrash(one.tree, deleted) })),
    ),
    answersOf(shop.open, { scope: everything, deleted: 'without' }, some),
  ])
  const differing = asked.map((one, at) => (isSame(guarded[at]?.outcome, copied[at]?.outcome) ? null : one))
  const plain =
    shop.plain === null || differing.every((one) => one === null)
      ? []
      : await answersOf(shop.plain, { scope, deleted }, differing)
  for (const [at, { seed, tree }] of asked.entries()) {
    const [one, other] = [guarded[at] as Answer, copied[at] as Answer]
    report({
      seed,
      viewer: viewer.name,
      tree,
      guarded: one.outcome,
      erased: other.outcome,
      plain: plain[at]?.outcome ?? null,
      open: open[at]?.outcome ?? null,
      sql: `${one.sql}\n-- copy: ${other.sql}`,
    })
  }
}

/** What the database says of a failure names the database. */
export function isSame(one: Outcome | undefined, other: Outcome | undefined): boolean {
  return isDeepStrictEqual(comparable(one), comparable(other))
}

const comparable = (outcome: Outcome | undefined): unknown =>
  outcome === undefined || 'rows' in outcome ? outcome?.rows : { ...outcome, what: '' }

export function ask(
  { guarded, collation }: Pick<GrammarShop, 'guarded' | 'collation'>,
  { tables, deleted }: Viewer,
  seed: number,
  taken: Map<string, number> = new Map(),
): Asked {
  const { capabilities } = guarded
  const isTrash = deleted !== 'without'
  const maker = new QueryMaker({ random: new Random(seed), capabilities, tables, collation, taken, isTrash })
  const { query, isOrdered } = maker.make()
  return { seed, tree: query.toOperationNode(), isOrdered }
}

interface Answer {
  readonly outcome: Outcome
  readonly sql: string
}

interface Terms {
  readonly scope: Scope
  readonly deleted: DeletedMode
}

/** A session for all of them; another one after each that the database refused. */
async function answersOf(
  db: Database,
  terms: Terms,
  asked: readonly (Asked | null)[],
): Promise<readonly (Answer | null)[]> {
  const answers: (Answer | null)[] = []
  while (answers.length < asked.length) {
    await db
      .session(terms.scope, async (session) => {
        const executor = executorOf(session)
        while (answers.length < asked.length) {
          const one = asked[answers.length] as Asked | null
          const statement =
            one === null
              ? null
              : compiled(() => executor.compiler.compile(one.tree, { ...terms, byRule: false, stamps: executor }))
          if (one === null || statement === null) answers.push(null)
          else if ('refused' in statement) answers.push({ outcome: statement.refused, sql: '' })
          else answers.push(await answerOf(one, statement, (run) => executor.run(run)))
          if (answers.at(-1)?.outcome.kind === 'failed') throw restart
        }
      })
      .catch((error: unknown) => {
        if (error !== restart) throw error
      })
  }
  return answers
}

const restart = new Error('The session failed with its statement')

function compiled(compile: () => CompiledStatement): CompiledStatement | { readonly refused: Outcome } {
  try {
    return compile()
  } catch (error) {
    if (error instanceof TerraceError) return { refused: { kind: 'refused', code: error.code, what: error.message } }
    throw error
  }
}

async function answerOf(
  { isOrdered }: Asked,
  statement: CompiledStatement,
  run: (statement: CompiledStatement) => unknown,
): Promise<Answer> {
  const { sql } = statement
  try {
    const { rows } = (await run(statement)) as { readonly rows: readonly unknown[] }
    const texts = rows.map(textOf)
    return { outcome: { kind: 'rows', rows: isOrdered ? texts : texts.toSorted() }, sql }
  } catch (error) {
    if (!(error instanceof TerraceError)) throw error
    const { cause } = error as { readonly cause?: { readonly cause?: { readonly message?: string } } }
    return { outcome: { kind: 'failed', code: error.code, what: cause?.cause?.message ?? error.message }, sql }
  }
}

function textOf(row: unknown): string {
  return JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}

function withoutLocks(tree: SelectQueryNode): SelectQueryNode {
  const { endModifiers: _, ...rest } = tree
  return rest
}

/** The first table of the outermost FROM is that of what the trash gives. */
function onTrash(tree: SelectQueryNode, deleted: DeletedMode): SelectQueryNode {
  const [first, ...others] = tree.from?.froms ?? []
  if (deleted === 'without' || first === undefined) return tree
  const inner = first.kind === 'AliasNode' ? (first as AliasNode).node : first
  if (inner.kind !== 'TableNode') return tree
  const { name } = (inner as TableNode).table.identifier
  const isCte = (tree.with?.expressions ?? []).some((cte) => cte.name.table.table.identifier.name === name)
  if (isCte) return tree
  const renamed = {
    ...inner,
    table: { kind: 'SchemableIdentifierNode', identifier: { kind: 'IdentifierNode', name: trashTable(name, deleted) } },
  }
  const alias = first.kind === 'AliasNode' ? (first as AliasNode).alias : { kind: 'IdentifierNode', name }
  const named = { kind: 'AliasNode', node: renamed, alias } as unknown as OperationNode
  return { ...tree, from: { kind: 'FromNode', froms: [named, ...others] } }
}
