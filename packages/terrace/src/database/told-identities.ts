import type { CompiledStatement } from './compile/compiled-statement.ts'
import type { RowIdentity } from './row-identity.ts'
import type { RowIdentities } from './row-security-dialect.ts'
import type { Scope } from './scope.ts'

interface IdentitiesOfScope {
  readonly usual: RowIdentity
  readonly locking: RowIdentity
}

/** What is told to the database, one object for each scope: whether it was told already is a comparison of two references. */
export class ToldIdentities {
  readonly #identities: RowIdentities
  readonly #known = new WeakMap<Scope, IdentitiesOfScope>()

  constructor(identities: RowIdentities) {
    this.#identities = identities
  }

  of(scope: Scope, statement: CompiledStatement): RowIdentity {
    const known = this.#known.get(scope) ?? this.#learn(scope)
    return this.#locksMore(statement) ? known.locking : known.usual
  }

  /** A SELECT writes nothing but its locks. */
  #locksMore({ operation, writes, tables }: CompiledStatement): boolean {
    if (operation !== 'select' || !writes) return false
    return tables.some((table) => this.#identities.lockedMoreWidely.has(table))
  }

  #learn(scope: Scope): IdentitiesOfScope {
    const made = {
      usual: this.#identities.of(scope, { locksRows: false }),
      locking: this.#identities.of(scope, { locksRows: true }),
    }
    this.#known.set(scope, made)
    return made
  }
}
