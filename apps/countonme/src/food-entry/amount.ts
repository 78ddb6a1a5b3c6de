import { errors, issueText } from 'terrace/errors'
import type { IssueText } from 'terrace/errors'
import { decimalOf, hundredthsOf } from './energy.ts'
import type { FoodEntryPatch } from './food-entry.shapes.ts'

const isWeighed: IssueText = {
  code: 'EXCLUSIVE',
  message: 'is not how this entry is measured: give grams',
  zh: '不适用于按重量记录的条目：请提供 grams',
}

/** How much was eaten, as it is stored: always in grams, and where it was counted in portions how many of which. */
export interface Amount {
  readonly grams: string
  readonly portionId: string | null
  readonly quantity: string | null
}

/** So many of a portion weigh: exact, since portions weigh whole grams and quantities have two decimals. */
export function weightOf(portionGrams: number, quantity: string): string {
  return decimalOf(BigInt(portionGrams) * hundredthsOf(quantity))
}

/**
 * What a change does to an amount. New grams, or null for the quantity, make it one that was weighed; a new quantity counts the
 * portion that was entered, with the weight it had then. `VALIDATION` for a quantity of what was weighed, and for both at once.
 */
export function amountChange(stored: Amount, { grams, quantity }: FoodEntryPatch): Partial<Amount> {
  if (typeof quantity !== 'string')
    return grams === undefined && quantity === undefined ? {} : weighed(grams ?? stored.grams)
  if (grams !== undefined) throw unfitQuantity(issueText('notTogether', { others: 'grams' }))
  if (stored.quantity === null) throw unfitQuantity(isWeighed)
  const portionGrams = hundredthsOf(stored.grams) / hundredthsOf(stored.quantity)
  return { quantity, grams: weightOf(Number(portionGrams), quantity) }
}

function weighed(grams: string): Amount {
  return { grams, portionId: null, quantity: null }
}

function unfitQuantity(text: IssueText): Error {
  return errors.VALIDATION({ issues: [{ in: 'row', path: '/quantity', ...text }] })
}
