import type { Change } from '../change.ts'
import type { SchemaDialect } from '../schema-dialect.ts'

/** Why a column's values cannot become what is wanted; null where they can. */
export function impossibleConversion(
  change: Change,
  { conversions, quoteName }: Pick<SchemaDialect, 'conversions' | 'quoteName'>,
): { readonly reason: string; readonly remedy: string } | null {
  if (change.kind !== 'alterColumn' || change.wanted.generated !== null) return null
  const isConverted = change.differences.some(({ aspect }) => aspect === 'type' || aspect === 'collation')
  const conversion = isConverted ? conversions.column(change, quoteName(change.wanted.name)) : null
  if (conversion?.kind !== 'impossible') return null
  const { live, wanted } = change
  return {
    reason: conversion.reason,
    remedy:
      `Declare a new column of type ${wanted.type} beside it, fill it from ${live.name}, and give up ${live.name} in a later ` +
      `release; or declare ${wanted.name} as the database has it`,
  }
}
