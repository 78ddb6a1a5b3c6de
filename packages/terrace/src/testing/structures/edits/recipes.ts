import { checkEdits } from './check-edits.ts'
import { columnEdits } from './column-edits.ts'
import { indexEdits } from './index-edits.ts'
import { keyEdits } from './key-edits.ts'
import { numberingEdits } from './numbering-edits.ts'
import type { Recipes } from './recipe.ts'
import { referenceEdits } from './reference-edits.ts'
import { tableEdits } from './table-edits.ts'
import { uniqueEdits } from './unique-edits.ts'

/** By `column.type change`. */
export const recipes: Recipes = {
  ...tableEdits,
  ...columnEdits,
  ...numberingEdits,
  ...keyEdits,
  ...uniqueEdits,
  ...indexEdits,
  ...referenceEdits,
  ...checkEdits,
}
