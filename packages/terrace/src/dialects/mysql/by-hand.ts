import type { ByHand, ChangeOf } from '../../schema/index.ts'
import { addForeignKey, checkClause, columnClause, indexClause, uniqueClause } from './ddl.ts'
import { quoteName as quote } from './schema-flavour.ts'

/** What a person runs on MySQL and MariaDB. A key is replaced in one statement, for a foreign key may need it. */
export const byHand: ByHand = {
  otherwise: 'Alter it by hand (alter table)',
  renamesRules: true,
  statements: (change) => {
    const alter = (clause: string): string => `alter table ${quote(change.table.live.name)} ${clause}`
    const name = quote(change.live?.name ?? '')
    switch (change.kind) {
      case 'alterColumn':
        return modifyColumn(change)
      case 'dropCheck':
        return [alter(`drop constraint ${name}`)]
      case 'dropForeignKey':
        return [alter(`drop foreign key ${name}`)]
      case 'dropUnique':
        return [alter(`drop key ${name}`)]
      // Neither renames a check.
      case 'alterCheck':
        return [alter(`drop constraint ${name}`), alter(`add ${checkClause(change.wanted)}`)]
      case 'alterForeignKey':
        return [alter(`drop foreign key ${name}`), addForeignKey(change.table.live.name, change.wanted).sql]
      case 'alterUnique':
        return [alter(`drop key ${name}, add ${uniqueClause(change.wanted)}`)]
      case 'alterIndex':
        return [alter(`drop key ${name}, add ${indexClause(change.wanted)}`)]
      case 'alterTable':
      case 'alterPrimaryKey':
        return null
    }
  },
}

/** With everything repeated, for MODIFY forgets the rest. Another kind of type may need a conversion that a person knows. */
function modifyColumn({ table, live, wanted, differences }: ChangeOf<'alterColumn'>): readonly string[] | null {
  const isOther = differences.some(({ aspect }) => aspect === 'generated' || aspect === 'identity')
  if (isOther || familyOf(live.type) !== familyOf(wanted.type)) return null
  return [`alter table ${quote(table.live.name)} modify column ${columnClause(wanted)}`]
}

function familyOf(type: string): string {
  return type.replace(/\(.*\)/, '')
}
