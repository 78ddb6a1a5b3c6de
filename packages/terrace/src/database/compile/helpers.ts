import type { FunctionNode } from 'kysely'
import { partOfDate, serverClock, truncatedDate } from './helpers-of-dates.ts'
import { heldItems, jsonValue } from './helpers-of-json.ts'
import { roundedNumber } from './helpers-of-numbers.ts'
import { foundText, joinedTexts, lengthOfText, searchedTexts } from './helpers-of-texts.ts'
import { helperNames, type HelperName } from './helper-names.ts'
import type { Meaning } from './meaning.ts'
import { nestedRow, nestedRows } from './nested-rows.ts'
import type { Expression, Frame, Pass } from './pass.ts'

export type CompileHelper = (pass: Pass, node: FunctionNode, frame: Frame, expected: Meaning | null) => Expression

const helpers: { readonly [K in HelperName]: CompileHelper } = {
  rows: nestedRows,
  row: nestedRow,
  datePart: partOfDate,
  dateTrunc: truncatedDate,
  jsonPath: jsonValue,
  contains: foundText('anywhere'),
  startsWith: foundText('atStart'),
  endsWith: foundText('atEnd'),
  holds: heldItems,
  search: searchedTexts,
  concat: joinedTexts,
  textLength: lengthOfText,
  floor: roundedNumber('floor'),
  ceil: roundedNumber('ceil'),
  round: roundedNumber('round'),
  clockMicros: serverClock,
}

const helpersByName: ReadonlyMap<string, CompileHelper> = new Map(
  Object.entries(helpers).map(([name, compile]) => [helperNames[name as HelperName], compile]),
)

/** What compiles a call of a helper; null for the name of a function. */
export function helperOf(name: string): CompileHelper | null {
  return helpersByName.get(name) ?? null
}
