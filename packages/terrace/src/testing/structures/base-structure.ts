import { keyOf, plainIndex, plainUnique, type DraftTable } from './draft.ts'
import type { Workbench } from './workbench.ts'

/** One to four tables with columns of any type and what is about them, referring to each other, themselves and in circles. */
export function makeBase(bench: Workbench): void {
  const { random } = bench
  const count = random.of([1, 1, 2, 2, 3, 4])
  for (let made = 0; made < count; made += 1) fillTable(bench, bench.addTable())
  for (const table of bench.draft.tables) if (random.chance(0.5)) bench.addReference(table, bench.table())
}

function fillTable(bench: Workbench, table: DraftTable): void {
  const { random } = bench
  const count = random.below(4)
  for (let made = 0; made < count; made += 1) {
    const column = bench.addColumn(table, bench.anyType())
    if (random.chance(0.4)) bench.entangleWords(table, column)
    const { isKey } = bench.wordsOf(column.type)
    if (isKey && random.chance(0.2)) table.uniques.push(plainUnique(bench.name('uq'), [column.name]))
    if (isKey && random.chance(0.2)) {
      const names = [column.name, keyOf(table).name]
      table.indexes.push(
        plainIndex(
          bench.name('ix'),
          names.map((name) => bench.indexColumn(name)),
        ),
      )
    }
  }
}
