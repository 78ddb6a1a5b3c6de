import type { OperationNode, OperationNodeKind, RootOperationNode } from 'kysely'
import { createStatementCompiler, type AllowOptions } from '../../src/database/compile/create-statement-compiler.ts'
import type { Capabilities, CompiledStatement, CompileOptions, RuntimeDialect } from '../../src/database/index.ts'
import { mysqlDialect } from '../../src/dialects/mysql/index.ts'
import { postgresDialect } from '../../src/dialects/postgres/index.ts'
import { sqliteDialect } from '../../src/dialects/sqlite/index.ts'
import { TerraceError } from '../../src/errors/index.ts'
import type { ModelGraph } from '../../src/model/index.ts'
import { shopGraph } from './shop-models.ts'
import { asAnn, treeBuilder, type AnyDb } from './shop.ts'
import { key } from './shop-rows.ts'

const everything: Capabilities = {
  product: 'Example',
  version: '1',
  transactionalDdl: true,
  insertReturning: true,
  updateReturning: true,
  deleteReturning: true,
  onConflictWhere: true,
  partialIndexes: true,
  nullsAreSmallest: true,
  rowLocks: true,
  fullJoin: true,
  lateralJoin: true,
  correlatedFrom: true,
  distinctOn: true,
  withBeforeWrite: true,
  separateWriter: false,
  rowLevelSecurity: false,
  maxParameters: 30_000,
  isolationLevels: ['readCommitted'],
}

const nothing: Capabilities = {
  ...everything,
  insertReturning: false,
  updateReturning: false,
  deleteReturning: false,
  onConflictWhere: false,
  rowLocks: false,
  fullJoin: false,
  lateralJoin: false,
  correlatedFrom: false,
  distinctOn: false,
  withBeforeWrite: false,
}

export interface Target {
  readonly dialect: RuntimeDialect
  readonly capabilities: Capabilities
}

/** Compilers without a database: what they write is compared as text. */
export const targets = {
  sqlite: {
    dialect: sqliteDialect,
    capabilities: { ...everything, rowLocks: false, lateralJoin: false, distinctOn: false },
  },
  postgres: { dialect: postgresDialect, capabilities: { ...everything, nullsAreSmallest: false } },
  mysql: { dialect: mysqlDialect, capabilities: { ...nothing, rowLocks: true, product: 'MySQL' } },
  /** An engine that has everything, and one that has nothing. */
  everything: { dialect: sqliteDialect, capabilities: everything },
  nothing: { dialect: sqliteDialect, capabilities: nothing },
} as const satisfies Record<string, Target>

interface Built {
  toOperationNode(): OperationNode
}

export interface Compiling extends Partial<CompileOptions> {
  readonly target?: Target
  readonly allow?: AllowOptions
  readonly graph?: ModelGraph
}

/** Compiled as a statement written by hand in Ann's session, where nothing else is said. */
export function compiled(build: (db: AnyDb) => Built, options: Compiling = {}): CompiledStatement {
  const { target = targets.everything, allow = {}, graph = shopGraph, ...given } = options
  const stamps = { now: new Date(Date.UTC(2026, 0, 1)), newId: () => key(14, 1) }
  const compiler = createStatementCompiler({ graph, ...target, allow })
  const node = build(treeBuilder).toOperationNode() as RootOperationNode
  return compiler.compile(node, { scope: asAnn, deleted: 'without', byRule: false, stamps, ...given })
}

/** The error that a statement is refused with. */
export function refusalOf(build: (db: AnyDb) => Built, options: Compiling = {}): TerraceError {
  try {
    compiled(build, options)
  } catch (error) {
    if (error instanceof TerraceError) return error
    throw error
  }
  throw new Error('It was compiled, and should have been refused')
}

/** Every kind of node in a tree. */
export function kindsIn(node: unknown, found: Set<OperationNodeKind> = new Set()): ReadonlySet<OperationNodeKind> {
  if (typeof node !== 'object' || node === null) return found
  const { kind } = node as { readonly kind?: OperationNodeKind }
  if (typeof kind === 'string' && kind.endsWith('Node')) found.add(kind)
  for (const part of Object.values(node)) kindsIn(part, found)
  return found
}
