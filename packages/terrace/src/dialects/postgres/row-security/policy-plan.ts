import type { RowSecurityPlan, UnlimitedTable } from '../../../database/index.ts'
import type { ModelGraph } from '../../../model/index.ts'
import { doubleQuoteName as quote } from '../../../schema/index.ts'
import { sealSql, type LiveFunction, type LivePolicies, type LivePolicy, type LiveTable } from './live-policies.ts'
import { textHash, wantedFunctions, wantedTables, type WantedPolicy, type WantedTable } from './wanted-policies.ts'

/** What a part of the plan has to say. */
interface Part {
  readonly statements: readonly string[]
  readonly problems: readonly UnlimitedTable[]
}

/** What it takes to make the live policies the wanted ones. Those of others are left alone, and told where they open a table. */
export function policyPlan(graph: ModelGraph, live: LivePolicies): RowSecurityPlan {
  const functions = functionParts(graph, live)
  const remade = new Set(functions.flatMap(({ remade: name }) => (name === null ? [] : [name])))
  const parts = [...functions, ...wantedTables(graph).map((wanted) => tablePart(wanted, live, remade))]
  const statements = parts.flatMap((part) => part.statements)
  return {
    statements: statements.length === 0 ? [] : [...statements, sealSql],
    problems: parts.flatMap((part) => part.problems),
  }
}

/** Takes away everything of ours: also of models that are gone. */
export function policyRemoval({ policies, functions, tables }: LivePolicies): readonly string[] {
  const own = policies.filter(({ mark }) => mark !== null)
  const limited = tables.filter(({ name }) => own.some(({ table }) => table === name))
  return [
    ...own.map(dropPolicy),
    ...limited
      .filter(({ name }) => !policies.some(({ table, mark }) => table === name && mark === null))
      .flatMap(openTable),
    ...functions.filter(({ mark }) => mark !== null).map(dropFunction),
  ]
}

function tablePart({ table, policies }: WantedTable, live: LivePolicies, remade: ReadonlySet<string>): Part {
  const found = live.tables.find(({ name }) => name === table)
  const there = live.policies.filter((policy) => policy.table === table)
  if (policies.length === 0) return openPart(found, there)
  if (found === undefined)
    return { statements: [], problems: [{ table, problem: 'there is no such table', remedy: missingTable }] }
  const isRight = (wanted: WantedPolicy): boolean => there.some((policy) => isAsWanted(policy, wanted, remade))
  const wrong = policies.filter((wanted) => !isRight(wanted))
  const surplus = there.filter(
    ({ mark, name }) => mark !== null && !policies.some((wanted) => wanted.name === name && isRight(wanted)),
  )
  const foreign = there.flatMap((policy) => foreignProblem(policy, policies))
  const isBlocked = foreign.some(({ blocks }) => blocks)
  const statements = [
    ...(found.isOn ? [] : [`alter table ${quote(table)} enable row level security`]),
    ...(found.isForced ? [] : [`alter table ${quote(table)} force row level security`]),
    ...surplus.map(dropPolicy),
    ...wrong.flatMap(({ name, create }) => [
      create,
      `comment on policy ${quote(name)} on ${quote(table)} is 'terrace ${textHash(create)}'`,
    ]),
  ]
  const problems = problemsOf(found, { wrong, surplus, there })
  return {
    statements: isBlocked ? [] : statements,
    problems: [...problems.map((problem) => ({ table, problem, remedy: null })), ...foreign.map(({ told }) => told)],
  }
}

const missingTable = 'Let the structure be followed first: terrace db sync, or terrace db upgrade'

interface Differing {
  readonly wrong: readonly WantedPolicy[]
  readonly surplus: readonly LivePolicy[]
  readonly there: readonly LivePolicy[]
}

function problemsOf({ isOn, isForced }: LiveTable, { wrong, surplus, there }: Differing): readonly string[] {
  const wantedNames = wrong.map(({ name }) => name)
  return [
    ...(isOn ? [] : ['row-level security is not enabled']),
    ...(isOn && !isForced ? ['row-level security is not forced: its owner sees every row'] : []),
    ...wrong.map(({ name }) =>
      there.some((policy) => policy.name === name)
        ? `the policy ${name} is not as the models want it`
        : `it has no policy ${name}`,
    ),
    ...surplus
      .filter(({ name }) => !wantedNames.includes(name))
      .map(({ name }) => `the policy ${name} is not wanted any more`),
  ]
}

function isAsWanted({ name, mark }: LivePolicy, wanted: WantedPolicy, remade: ReadonlySet<string>): boolean {
  if (name !== wanted.name || mark === null || !mark.isIntact || mark.text !== textHash(wanted.create)) return false
  // A function is dropped with the policies that ask it.
  return ![...remade].some((function_) => wanted.create.includes(quote(function_)))
}

/** Permissive policies open a table for all who come with any of them; restrictive ones only narrow. */
function foreignProblem(
  { table, name, isPermissive, mark }: LivePolicy,
  wanted: readonly WantedPolicy[],
): readonly { readonly told: UnlimitedTable; readonly blocks: boolean }[] {
  if (mark !== null) return []
  const blocks = wanted.some((policy) => policy.name === name)
  if (!isPermissive && !blocks) return []
  const problem = `the policy ${name} of others ${blocks ? 'has the name of one that is wanted' : 'opens it further'}`
  const remedy = `Take it away: drop policy ${quote(name)} on ${quote(table)}`
  return [{ told: { table, problem, remedy }, blocks }]
}

/** Everybody reaches its rows: what limited it once is taken away. */
function openPart(found: LiveTable | undefined, there: readonly LivePolicy[]): Part {
  const own = there.filter(({ mark }) => mark !== null)
  if (found === undefined || own.length === 0) return { statements: [], problems: [] }
  return {
    statements: [...own.map(dropPolicy), ...(own.length === there.length ? openTable(found) : [])],
    problems: own.map(({ table, name }) => ({
      table,
      problem: `the policy ${name} is not wanted any more`,
      remedy: null,
    })),
  }
}

interface FunctionPart extends Part {
  /** Made again, and with it every policy that asks it. */
  readonly remade: string | null
}

function functionParts(graph: ModelGraph, live: LivePolicies): readonly FunctionPart[] {
  return wantedFunctions(graph).map(({ name, signature, create }) => {
    const text = create(live.schema)
    const found = live.functions.find((other) => other.name === name)
    if (found !== undefined && found.mark !== null && found.mark.isIntact && found.mark.text === textHash(text))
      return { statements: [], problems: [], remade: null }
    if (found !== undefined && found.mark === null) return { ...nameTaken(found), remade: null }
    const asking = live.policies.filter((policy) => policy.mark !== null && mayAsk(graph, policy, name))
    return {
      statements: [
        ...(found === undefined ? [] : [...asking.map(dropPolicy), dropFunction(found)]),
        text,
        `comment on function ${signature} is 'terrace ${textHash(text)}'`,
      ],
      problems: [
        {
          table: name,
          problem: found === undefined ? 'there is no such function' : 'the function is not as the models want it',
          remedy: null,
        },
      ],
      remade: name,
    }
  })
}

/** One that is not as it is wanted, or not wanted any more, may ask it too: it is dropped anyway. */
function mayAsk(graph: ModelGraph, policy: LivePolicy, function_: string): boolean {
  const wanted = wantedTables(graph).find(({ table }) => table === policy.table)?.policies ?? []
  const same = wanted.find((one) => isAsWanted(policy, one, new Set()))
  return same === undefined || same.create.includes(quote(function_))
}

function nameTaken({ name, signature }: LiveFunction): Part {
  const problem = 'the function of others has the name of one that is wanted'
  return {
    statements: [],
    problems: [{ table: name, problem, remedy: `Take it away or rename it: alter function ${signature} rename to …` }],
  }
}

function dropPolicy({ name, table }: LivePolicy): string {
  return `drop policy if exists ${quote(name)} on ${quote(table)}`
}

function dropFunction({ signature }: LiveFunction): string {
  return `drop function ${signature}`
}

function openTable({ name }: LiveTable): readonly string[] {
  return [
    `alter table ${quote(name)} no force row level security`,
    `alter table ${quote(name)} disable row level security`,
  ]
}
