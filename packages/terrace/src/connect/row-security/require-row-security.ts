import { errors } from '../../errors/index.ts'
import type { RowSecurityDialect } from '../../database/index.ts'
import type { Dialect } from '../dialects.ts'

/** `RLS_UNSUPPORTED` where the engine has no policies on rows. */
export function requireRowSecurity({ rowSecurity, runtime }: Dialect): RowSecurityDialect {
  if (rowSecurity !== undefined) return rowSecurity
  throw errors.RLS_UNSUPPORTED({ values: { product: runtime.name } })
}
