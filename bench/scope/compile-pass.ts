import {
  createQueryId,
  DummyDriver,
  Kysely,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type QueryCompiler,
  type RootOperationNode,
} from 'kysely'
import { createStatementCompiler } from '../../packages/terrace/src/database/compile/create-statement-compiler.ts'
import { createUuidV7, type Capabilities, type RuntimeDialect } from '../../packages/terrace/src/database/index.ts'
import { actingAs, type Database } from 'terrace/database'
import { models, type ScopeTables } from './models.ts'
import { ratioOf, type Pair, type Ratio } from './ratios.ts'
import { trees, type Tree } from './trees.ts'

/** What a tree is compiled to by Terrace and by Kysely. */
export interface CompileRatios {
  /** The pass and the rendering, against Kysely's rendering of the tree as it was written. */
  readonly asWritten: readonly Ratio[]
  /** The same against Kysely's rendering of the statement that runs: the conditions and stamps written by hand. */
  readonly asRun: readonly Ratio[]
}

// Short turns, and many: where others run on the same cores, most turns are left alone.
const rounds = { rounds: 200, warmUps: 30 }
const deviceId = '0198c0de-0000-7000-8000-0000000000aa'
interface Engine {
  readonly dialect: RuntimeDialect
  readonly capabilities: Capabilities
  readonly kysely: new () => QueryCompiler
}

const treeBuilder = new Kysely<ScopeTables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

export async function compileRatios({ dialect, capabilities }: Database): Promise<CompileRatios> {
  const engine: Engine = { dialect, capabilities, kysely: kyselys[dialect.name] as Engine['kysely'] }
  const asWritten: Ratio[] = []
  const asRun: Ratio[] = []
  for (const tree of trees) {
    const [written, run] = pairsOf(engine, tree)
    asWritten.push(await ratioOf(written, rounds))
    asRun.push(await ratioOf(run, rounds))
  }
  return { asWritten: [...asWritten, sumOf(asWritten)], asRun: [...asRun, sumOf(asRun)] }
}

const kyselys: Readonly<Record<string, Engine['kysely']>> = {
  sqlite: SqliteQueryCompiler,
  postgres: PostgresQueryCompiler,
}

/** All statements once. */
function sumOf(ratios: readonly Ratio[]): Ratio {
  const [ours, theirs] = [total(ratios.map((each) => each.ours)), total(ratios.map((each) => each.theirs))]
  return { title: 'all of them once', ours, theirs, ratio: ours / theirs }
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

function pairsOf(engine: Engine, { title, times, build }: Tree): readonly [Pair, Pair] {
  const node = build(treeBuilder).toOperationNode()
  const run = nodeThatRuns(engine, node)
  const compiler = compilerOf(engine)
  const options = optionsOf()
  const ours = timed(() => compiler.compile(node, options))
  const [one, other] = [new engine.kysely(), new engine.kysely()]
  return [
    { title, times, ours, theirs: timed(() => one.compileQuery(node, createQueryId())) },
    { title, times, ours, theirs: timed(() => other.compileQuery(run, createQueryId())) },
  ]
}

function compilerOf({ dialect, capabilities }: Engine) {
  return createStatementCompiler({ graph: models.Product.graph, dialect, capabilities })
}

// Made beforehand: whoever writes an INSERT without a scope makes its ids too, and not while it is compiled.
const ids = Array.from({ length: 4_096 }, createUuidV7(Date.now))
let next = 0

function optionsOf() {
  const stamps = { now: new Date(), newId: () => ids[(next += 1) % ids.length] as string }
  return { scope: actingAs(models.Device, deviceId), deleted: 'without', byRule: false, stamps } as const
}

/** What the pass hands to the renderer. */
function nodeThatRuns(engine: Engine, node: RootOperationNode): RootOperationNode {
  let guarded = node
  const dialect: RuntimeDialect = {
    ...engine.dialect,
    createQueryCompiler: (capabilities) => {
      const renderer = engine.dialect.createQueryCompiler(capabilities)
      return {
        compileQuery: (found, queryId) => {
          guarded = found as RootOperationNode
          return renderer.compileQuery(found, queryId)
        },
      }
    },
  }
  compilerOf({ ...engine, dialect }).compile(node, optionsOf())
  return guarded
}

function timed(compile: () => unknown): (times: number) => number {
  return (times) => {
    const started = performance.now()
    for (let at = 0; at < times; at += 1) compile()
    return ((performance.now() - started) * 1000) / times
  }
}
