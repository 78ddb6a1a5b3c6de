import { createHash } from 'node:crypto'
import {
  createQueryId,
  type DeleteQueryNode,
  type InsertQueryNode,
  type QueryCompiler,
  type RawNode,
  type RootOperationNode,
  type SelectQueryNode,
  type UpdateQueryNode,
} from 'kysely'
import { errors } from '../../errors/index.ts'
import type { ModelGraph } from '../../model/index.ts'
import type { Capabilities } from '../capabilities.ts'
import type { RuntimeDialect } from '../runtime-dialect.ts'
import { ColumnCoders } from './column-coders.ts'
import type {
  Binding,
  CompiledStatement,
  CompileOptions,
  DeletedMode,
  ReferenceCheck,
  StatementCompiler,
} from './compiled-statement.ts'
import { decodingsOf, integersFit } from './decodings.ts'
import { deleteQuery } from './delete.ts'
import { closeQueries } from './fenced.ts'
import { allowedFunction, type FunctionResult } from './function-rules.ts'
import { insertQuery } from './insert.ts'
import { sealStatement } from './is-compiled-statement.ts'
import { compileExpression, refusalOf } from './node-kinds.ts'
import { isUnscoped, plainPurpose, type Allowances, type Output, type Pass } from './pass.ts'
import { requireRawCommand } from './raw-command.ts'
import { rawNode } from './raw.ts'
import { referenceCheckQuery } from './reference-checks.ts'
import { placed } from './refused-statement.ts'
import { refused } from './refuse.ts'
import { selectQuery } from './select.ts'
import { updateQuery } from './update.ts'

/** What an app may call beyond what every engine has; at its own risk that engines differ, never beyond its rows. */
export interface AllowOptions {
  /** By the function's exact name, what it gives. Functions that read tables or files by themselves must not be named. */
  readonly functions?: Readonly<Record<string, FunctionResult>>
  /** Types of CAST, exactly as they are written. */
  readonly casts?: readonly string[]
  readonly collations?: readonly string[]
  /** Kysely's operators that are refused otherwise: `like`, `||`, … */
  readonly operators?: readonly string[]
}

export interface StatementCompilerOptions {
  readonly graph: ModelGraph
  readonly dialect: RuntimeDialect
  readonly capabilities: Capabilities
  readonly allow?: AllowOptions
}

/**
 * The one way from a tree of Kysely's to SQL that runs: in one pass each table is limited to the rows of the scope, names become
 * those of the database, values are encoded, and what cannot be kept inside the scope is refused.
 *
 * Where to look: `node-kinds.ts` for what happens to each kind of node, `scope-conditions.ts` for whose rows, `from.ts` for where
 * the conditions stand, `names.ts` for how names resolve, `meaning.ts` and `literals.ts` for values, `insert.ts`, `update.ts`,
 * `delete.ts` and `reference-checks.ts` for writes.
 */
export function createStatementCompiler({
  graph,
  dialect,
  capabilities,
  allow = {},
}: StatementCompilerOptions): StatementCompiler {
  const renderer = dialect.createQueryCompiler(capabilities)
  const shared = {
    graph,
    dialect,
    capabilities,
    coders: new ColumnCoders(dialect),
    allowances: allowancesOf(allow),
    helpers: dialect.helpers(capabilities),
  }
  const passFor = (options: CompileOptions): Pass => ({
    ...shared,
    options,
    findings: {
      tables: new Set(),
      checks: [],
      locks: false,
      columns: 0,
      calculations: 0,
      lateCalculations: 0,
      aggregates: 0,
      inner: [],
      names: 0,
    },
    expression(node, frame, expected) {
      return compileExpression(this, node, frame, expected)
    },
    query(node, around, purpose) {
      return selectQuery(this, node, around, purpose)
    },
  })
  return {
    compile(node, options) {
      requireMode(options.deleted)
      const pass = passFor(options)
      try {
        return render(renderer, pass, statementOf(pass, node))
      } catch (error) {
        throw placed(error, node)
      }
    },
    compileReferenceCheck(check: ReferenceCheck, keys: number, options: CompileOptions) {
      const pass = passFor(options)
      return render(renderer, pass, { operation: 'select', node: referenceCheckQuery(pass, check, keys), outputs: [] })
    },
  }
}

/** Anything else would pass for one of them in some places and for another in others. */
function requireMode(deleted: DeletedMode): void {
  if (deleted === 'without' || deleted === 'with' || deleted === 'only') return
  const what = `deleted: ${JSON.stringify(deleted) ?? String(deleted)}`
  throw refused(what, 'it is no mode', 'Use "without", "with" or "only"')
}

function allowancesOf({ functions = {}, casts = [], collations = [], operators = [] }: AllowOptions): Allowances {
  const rules = Object.entries(functions).map(([name, result]) => [name, allowedFunction(result)] as const)
  return {
    functions: new Map(rules),
    casts: new Set(casts),
    collations: new Set(collations),
    operators: new Set(operators),
  }
}

interface Guarded {
  readonly operation: CompiledStatement['operation'] | 'raw'
  readonly node: RootOperationNode
  readonly outputs: readonly Output[]
}

type CompileRoot<N extends RootOperationNode> = (pass: Pass, node: N) => Guarded

/** The kinds that are statements of a session; all others are refused by the table of kinds. */
const statementKinds: {
  readonly SelectQueryNode: CompileRoot<SelectQueryNode>
  readonly InsertQueryNode: CompileRoot<InsertQueryNode>
  readonly UpdateQueryNode: CompileRoot<UpdateQueryNode>
  readonly DeleteQueryNode: CompileRoot<DeleteQueryNode>
  readonly RawNode: CompileRoot<RawNode>
} = {
  SelectQueryNode: (pass, node) => {
    const purpose = { ...plainPurpose, deleted: pass.options.deleted, isOutermost: true }
    return { operation: 'select', ...selectQuery(pass, node, { outer: null, ctes: null }, purpose) }
  },
  InsertQueryNode: (pass, node) => ({ operation: 'insert', ...insertQuery(pass, node) }),
  UpdateQueryNode: (pass, node) => ({ operation: 'update', ...updateQuery(pass, node) }),
  DeleteQueryNode: (pass, node) => ({ operation: 'delete', ...deleteQuery(pass, node) }),
  RawNode: (pass, node) => {
    if (!isUnscoped(pass)) throw errors.SCOPE_RAW()
    return { operation: 'raw', node: rawNode(pass, node, { outer: null, ctes: null, sources: [] }), outputs: [] }
  },
}

function statementOf(pass: Pass, node: RootOperationNode): Guarded {
  if (!Object.hasOwn(statementKinds, node.kind)) throw refusalOf(node)
  return (statementKinds[node.kind as keyof typeof statementKinds] as CompileRoot<RootOperationNode>)(pass, node)
}

function render(renderer: QueryCompiler, pass: Pass, { operation, node, outputs }: Guarded): CompiledStatement {
  closeQueries(pass)
  const { sql, parameters } = renderer.compileQuery(node, createQueryId())
  const isRaw = operation === 'raw'
  if (isRaw) requireRawCommand(sql)
  const isRead = operation === 'select'
  return sealStatement({
    sql,
    bindings: parameters.map(bindingOf),
    decodings: decodingsOf(pass.coders, outputs),
    operation: isRaw ? 'update' : operation,
    writes: !isRead || pass.findings.locks,
    returnsRows: isRead || isRaw || outputs.length > 0,
    integersFit: !isRaw && integersFit(outputs),
    tables: [...pass.findings.tables],
    name: (pass.options.named ?? pass.options.byRule) ? statementName(sql) : null,
    referenceChecks: pass.findings.checks,
  })
}

/** Whatever the renderer took for a value was made by this pass: a node that slipped through it is no statement. */
function bindingOf(parameter: unknown): Binding {
  const kind =
    typeof parameter === 'object' && parameter !== null ? (parameter as { readonly kind?: unknown }).kind : undefined
  if (kind === 'value' || kind === 'owner' || kind === 'slot') return parameter as Binding
  throw errors.SCOPE_FOREIGN_QUERY()
}

function statementName(sql: string): string {
  return `t_${createHash('sha256').update(sql).digest('hex').slice(0, 32)}`
}
