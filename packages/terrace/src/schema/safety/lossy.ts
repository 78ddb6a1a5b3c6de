import type { Change, ChangeOf } from '../change.ts'
import type { Hazard } from '../plan/plan.ts'
import type { Conversion, SchemaDialect } from '../schema-dialect.ts'

/** What drops data or may change what it says. */
export function lossy(change: Change, dialect: Pick<SchemaDialect, 'conversions' | 'quoteName'>): Hazard | null {
  switch (change.kind) {
    case 'dropTable':
      return hazard('drops every row of the table')
    case 'dropColumn':
      return change.live.generated === null ? hazard('drops every value of the column') : null
    case 'alterColumn':
      return alteredColumn(change, dialect)
    case 'alterTable':
      return fromConversion(dialect.conversions.options(change))
    default:
      return null
  }
}

function hazard(reason: string): Hazard {
  return { class: 'lossy', reason }
}

function alteredColumn(
  change: ChangeOf<'alterColumn'>,
  { conversions, quoteName }: Pick<SchemaDialect, 'conversions' | 'quoteName'>,
): Hazard | null {
  const { live, wanted, differences } = change
  if (wanted.generated !== null)
    return live.generated === null ? hazard('overwrites every value by a calculated one') : null
  const isConverted = differences.some(({ aspect }) => aspect === 'type' || aspect === 'collation')
  return isConverted ? fromConversion(conversions.column(change, quoteName(wanted.name))) : null
}

function fromConversion(conversion: Conversion): Hazard | null {
  return conversion.kind === 'lossy' ? hazard(conversion.reason) : null
}
