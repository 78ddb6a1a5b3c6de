import type { Built, Column, ColumnSpec, Flag, FormerName, Link, Rules } from './column.ts'
import type { ColumnType } from './column-type.ts'
import type { ByEngine, ColumnStorage } from './stored.ts'
import type { RuleFact, TextFilter } from './graph-facts.ts'

const blankSpec: Omit<ColumnSpec, 'type'> = {
  sqlName: null,
  renamedFrom: null,
  nullable: false,
  default: null,
  rules: [],
  hidden: false,
  writeOnly: false,
  readOnly: false,
  immutable: false,
  stamp: null,
  isPrimaryKey: false,
  unique: null,
  indexed: false,
  ignoreCase: false,
  filterable: [],
  filterAs: null,
  describe: null,
  example: undefined,
  stored: null,
  reference: null,
  owner: null,
  item: null,
}

/** A column of this type with every mark off; the family's rules are methods of all, held back by the types. */
export function buildColumn<K extends keyof Rules<T, F, L>, T, F extends Flag, L extends Link | null>(
  type: ColumnType,
  marks: Partial<ColumnSpec> = {},
): Built<K, T, F, L> {
  return new SpecColumn({ ...blankSpec, type, ...marks }) as unknown as Built<K, T, F, L>
}

class SpecColumn implements Column {
  readonly spec: ColumnSpec

  constructor(spec: ColumnSpec) {
    this.spec = Object.freeze(spec)
    Object.freeze(this)
  }

  private with(marks: Partial<ColumnSpec>): SpecColumn {
    return new SpecColumn({ ...this.spec, ...marks })
  }

  private withRule(rule: RuleFact): SpecColumn {
    return this.with({ rules: [...this.spec.rules, Object.freeze(rule)] })
  }

  nullable(): SpecColumn {
    return this.with({ nullable: true })
  }

  primaryKey(): SpecColumn {
    const isMade = this.spec.type.kind === 'uuid' && this.spec.reference === null && this.spec.owner === null
    return this.with({ isPrimaryKey: true, immutable: true, stamp: isMade ? 'id' : this.spec.stamp })
  }

  unique(options: { readonly global?: boolean } = {}): SpecColumn {
    return this.with({ unique: { global: options.global ?? false } })
  }

  index(): SpecColumn {
    return this.with({ indexed: true })
  }

  hidden(): SpecColumn {
    return this.with({ hidden: true })
  }

  writeOnly(): SpecColumn {
    return this.with({ writeOnly: true })
  }

  readOnly(): SpecColumn {
    return this.with({ readOnly: true })
  }

  immutable(): SpecColumn {
    return this.with({ immutable: true })
  }

  default(value: unknown): SpecColumn {
    const made = typeof value === 'function'
    return this.with({ default: made ? { kind: 'make', make: value as () => unknown } : { kind: 'value', value } })
  }

  column(name: string): SpecColumn {
    return this.with({ sqlName: name })
  }

  renamedFrom(former: FormerName): SpecColumn {
    const isName = typeof former === 'string'
    return this.with({ renamedFrom: isName ? former : Object.freeze({ column: former?.column }) })
  }

  describe(text: string): SpecColumn {
    return this.with({ describe: text })
  }

  example(value: unknown): SpecColumn {
    return this.with({ example: value })
  }

  stored(storage: ByEngine<ColumnStorage>): SpecColumn {
    return this.with({ stored: storage })
  }

  length(min: number, max: number): SpecColumn {
    const isText = this.spec.type.kind === 'text'
    return this.with(isText ? { type: { kind: 'text', maxLength: max } } : {}).withRule({ kind: 'length', min, max })
  }

  range(min: number | bigint | string | null, max: number | bigint | string | null): SpecColumn {
    return this.withRule({ kind: 'range', min, max })
  }

  pattern(expression: RegExp): SpecColumn {
    return this.withRule({ kind: 'pattern', source: expression.source, flags: expression.flags })
  }

  email(): SpecColumn {
    return this.withRule({ kind: 'email' })
  }

  ignoreCase(): SpecColumn {
    return this.with({ ignoreCase: true })
  }

  filterable(...operators: readonly TextFilter[]): SpecColumn {
    return this.with({ filterable: Object.freeze([...this.spec.filterable, ...operators]) })
  }

  filterAs(name: string): SpecColumn {
    return this.with({ filterAs: name })
  }
}
