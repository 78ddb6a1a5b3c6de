import type { AccessSpec, MemberOfSpec, Model } from './model-spec.ts'
import type { MembersRead, MembersWrite, SharedWrite } from './graph-facts.ts'
import type { ColumnValue } from './row-types.ts'

/** The model is itself an actor: a device, a user. It sees its own row only. */
export function actor(): AccessSpec {
  return { kind: 'actor' }
}

/** A row belongs to whoever owns the row that `column` refers to, or to the members of its group; at most three levels. */
export function ownedThrough(column: string): AccessSpec {
  return { kind: 'ownedThrough', column }
}

/** Every scope reads it. `write`: `nobody` (only an unscoped session), `everyone`, or `{ role }`. */
export function shared(options: { readonly write: SharedWrite }): AccessSpec {
  return { kind: 'shared', write: options.write }
}

type ColumnOf<M> = M extends Model<string, infer C> ? Extract<keyof C, string> : string

/** The roles that the membership's column can hold, where it is known as a value. */
type RoleOf<M, R> =
  M extends Model<string, infer C>
    ? string extends keyof C
      ? string
      : R extends keyof C
        ? Extract<ColumnValue<C[R]>, string>
        : string
    : string

export interface MemberOfOptions<M extends Model | string, R extends string> {
  /** The model whose rows say who is a member of which group, or its table's name. */
  readonly through: M
  /** `members`, `everyone`, or the roles that read. Default `members`. */
  readonly read?: 'members' | 'everyone' | readonly RoleOf<M, R>[]
  /** `members`, `nobody` (only an unscoped session), or the roles that write; they must be among those that read. Default `members`. */
  readonly write?: 'members' | 'nobody' | readonly RoleOf<M, R>[]
  /** The membership's column that holds a member's role. Default `role`. */
  readonly role?: R
  /** The membership's column that refers to the actor. Default the only one that refers to a model with `actor()`. */
  readonly actor?: ColumnOf<M>
  /** The membership's column that refers to the group. Default the only one that does. */
  readonly group?: ColumnOf<M>
  /** This model's column that refers to the group. Default the only one that does; the group itself has none. */
  readonly by?: string
}

/**
 * A row belongs to a group and is reached by the members of it: those of whom an alive row of `through` holds the group and the
 * session's actor. A deleted group hides its rows.
 *
 * ```ts
 * const Notice = model('notices', { id, communityId: reference(Community), title }, {
 *   access: memberOf(Community, { through: CommunityMember, write: ['staff'] }),
 * })
 * ```
 *
 * On the group itself and on the membership, models name each other by table: `memberOf('communities', { through:
 * 'community_members' })`. What does not fit together is refused by `graph()`: `MODEL_DECLARATION`.
 */
export function memberOf<M extends Model | string, const R extends string = 'role'>(
  group: Model | string,
  options: MemberOfOptions<M, R>,
): MemberOfSpec {
  const { through, read = 'members', write = 'members', role = null, actor: by = null } = options
  return {
    kind: 'memberOf',
    group: tableOf(group),
    through: tableOf(through),
    read: read as MembersRead,
    write: write as MembersWrite,
    role,
    actor: by,
    groupColumn: options.group ?? null,
    by: options.by ?? null,
  }
}

const tableOf = (model: Model | string): string => (typeof model === 'string' ? model : model.table)
