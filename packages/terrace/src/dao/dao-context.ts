import type {
  CompiledStatement,
  DeletedMode,
  Eventually,
  Session,
  SessionExecutor,
  StatementResult,
} from '../database/index.ts'
import { executorOf } from '../database/index.ts'
import type { ModelFact } from '../model/index.ts'
import type { ModelPlan } from './model-plan.ts'
import { planOf } from './model-plan.ts'

/** What each operation of a DAO works with: one model in one session. */
export interface DaoContext {
  readonly session: Session
  readonly executor: SessionExecutor
  readonly plan: ModelPlan
}

/** The same session, another model. */
export function contextOf({ session, executor }: DaoContext, fact: ModelFact): DaoContext {
  return { session, executor, plan: planOf(fact) }
}

/** The same model in a session inside this one: a savepoint, or without scope. */
export function contextIn({ plan }: DaoContext, session: Session): DaoContext {
  return { session, executor: executorOf(session), plan }
}

/** `then` for what may be there already: no promise where the engine answered at once. */
export function after<T, R>(value: Eventually<T>, step: (value: T) => Eventually<R>): Eventually<R> {
  return value instanceof Promise ? value.then(step) : step(value)
}

export type Row = Record<string, unknown>

export function rowsOf(result: StatementResult): Row[] {
  return result.rows
}

export function firstRowOf(result: StatementResult): Row | null {
  return result.rows[0] ?? null
}

export type { CompiledStatement, DeletedMode, Eventually }
