import type { Conversion, Conversions, ServerVersion } from '../../../schema/index.ts'
import { impossible, lossless, lossy } from './outcomes.ts'
import { fromText, toText } from './text-conversions.ts'
import { timeConversions } from './time-conversions.ts'
import type { ConversionSides } from './conversion-sides.ts'
import { isNumber, numberConversion } from './number-conversions.ts'
import { typeFacts, type TypeFacts } from './type-facts.ts'
import { usingClause } from './using-clause.ts'

/** What becomes of values on PostgreSQL. No condition can raise an error, whatever the rows hold. */
export function conversionsOn(server: ServerVersion): Conversions {
  return {
    column: ({ live, wanted }, column) =>
      live.type === wanted.type
        ? lossless
        : typeConversion(typeFacts(live.type), typeFacts(wanted.type), { live, wanted, column, server }),
    converted: ({ live, wanted }, column) => {
      const [from, to] = [typeFacts(live.type), typeFacts(wanted.type)]
      if (from.family === to.family && from.family !== 'other') return column
      return usingClause(live.type, wanted.type, column) ?? `cast(${column} as ${wanted.type})`
    },
    options: () => lossless,
    // With its type, which a bare NULL or text would not have.
    valueWhenAdded: ({ type, default: fallback }) => `cast(${fallback ?? 'null'} as ${type})`,
  }
}

function typeConversion(from: TypeFacts, to: TypeFacts, sides: ConversionSides): Conversion {
  const { live, wanted, column } = sides
  if (isNumber(from) && isNumber(to)) return numberConversion(from, to, column)
  if (to.family === 'text') return toText(from, to, column)
  if (from.family === 'text') return fromText(to, sides)
  const timed = timeConversions(from, to, column)
  if (timed !== null) return timed
  if (from.family === 'json' && to.family === 'jsonb')
    return lossy('spaces, doubles and the order of keys are not kept')
  if (from.family === 'jsonb' && to.family === 'json') return lossless
  if (from.family === 'boolean' && isWhole(to)) return lossy('true and false become 1 and 0')
  if (isWhole(from) && to.family === 'boolean') return lossy('any number but 0 becomes true')
  if (from.family === 'padded' || to.family === 'padded') return lossy(`${live.type} does not keep spaces at the end`)
  if (from.family === 'other' || to.family === 'other')
    return lossy(`nothing is known of how ${live.type} becomes ${wanted.type}`)
  return impossible(live.type, wanted.type)
}

function isWhole({ family }: TypeFacts): boolean {
  return family === 'smallint' || family === 'integer' || family === 'bigint'
}
