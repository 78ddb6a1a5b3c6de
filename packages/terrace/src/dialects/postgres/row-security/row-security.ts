import type { RowSecurityDialect } from '../../../database/index.ts'
import { bypassedWall } from './bypassed-wall.ts'
import { hiddenTables } from './hidden-tables.ts'
import { everyRow, identitiesOf } from './identities-of.ts'
import { readPolicies } from './live-policies.ts'
import { policyPlan, policyRemoval } from './policy-plan.ts'

/** Policies that compare each row's owner with a setting of the transaction. Source: PostgreSQL manual, "Row Security Policies". */
export const rowSecurity: RowSecurityDialect = Object.freeze<RowSecurityDialect>({
  identities: identitiesOf,
  everyRow,
  plan: async (connection, graph) => policyPlan(graph, await readPolicies(connection)),
  removal: async (connection) => policyRemoval(await readPolicies(connection)),
  bypassed: bypassedWall,
  hidden: hiddenTables,
})
