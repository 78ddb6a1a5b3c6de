import { mergeOwners } from '../dao/index.ts'
import type { MergeReport, MergeRule, OwnerMergePlan } from '../dao/index.ts'
import type { Session } from '../database/index.ts'
import { errors } from '../errors/index.ts'
import type { BoundModel, KeyOf, ModelFact, Row } from '../model/index.ts'

export interface OwnerMergeOptions<M extends BoundModel> {
  /**
   * What becomes of the rows of each model that refers to an owner: each is named, so that a model that is added later is not
   * forgotten.
   */
  readonly models: Readonly<Record<string, MergeRule>>
  /** What becomes of the row of the source. Default `delete`, into the trash where the model has one. */
  readonly source?: 'delete' | 'keep'
  /** Which owners may be merged: `(source) => source.email === null`. Else `FORBIDDEN`. Default any. */
  readonly mayMerge?: (source: Row<M>, target: Row<M>) => boolean
}

/** A service class to use as it is or to extend: `session.use(AccountMerge)`. */
export interface OwnerMergeClass<M extends BoundModel> {
  new (session: Session): OwnerMergeService<M>
}

/** Hands over what one owner has to another. Whoever calls it has made sure that both are the same person. */
export interface OwnerMergeService<M extends BoundModel> {
  /**
   * All or nothing, within the session's transaction. Credentials that belong to the source (devices, API keys) and move prove the
   * target from then on; those that do not move are refused once the source is gone.
   *
   * `NOT_FOUND` without one of the owners, `FORBIDDEN` where `mayMerge` says no, `OWNER_MERGE_CONFLICT` where both have rows that one
   * cannot have.
   */
  merge(owners: { readonly from: KeyOf<M>; readonly into: KeyOf<M> }): Promise<MergeReport>
}

/**
 * The merge of two rows of a model of owners: of the account of an anonymous device into that of a user who has logged in on it.
 * `MODEL_DECLARATION` names each model that refers to owners and has no rule.
 *
 * ```ts
 * class AccountMerge extends OwnerMerge(models.User, {
 *   models: { Device: 'move', Note: 'move', Tag: 'keepTarget', RefreshToken: 'leave' },
 *   mayMerge: (source) => source.email === null,
 * }) {}
 * await session.use(AccountMerge).merge({ from: guest.id, into: user.id })
 * ```
 */
export function OwnerMerge<M extends BoundModel>(owner: M, options: OwnerMergeOptions<M>): OwnerMergeClass<M> {
  const { models, source = 'delete', mayMerge = () => true } = options
  const problems = problemsOf(owner, models)
  if (problems.length > 0) throw declared(owner, problems)
  const plan: OwnerMergePlan<M> = { owner, rules: { ...models }, source, mayMerge }
  return class implements OwnerMergeService<M> {
    protected readonly session: Session

    constructor(session: Session) {
      this.session = session
    }

    merge(owners: { readonly from: KeyOf<M>; readonly into: KeyOf<M> }): Promise<MergeReport> {
      return mergeOwners(this.session, plan, owners)
    }
  }
}

function problemsOf({ fact, graph, name }: BoundModel, rules: OwnerMergeOptions<BoundModel>['models']): string[] {
  const referring = new Set(fact.inverses.map(({ reference }) => reference.model))
  return [
    ...(fact.access.kind === 'actor' ? [] : [`${name} is no model of owners`]),
    ...[...referring].filter((model) => rules[model] === undefined).map((model) => `${model} has no rule`),
    ...Object.keys(rules)
      .filter((model) => !referring.has(model))
      .map((model) => `${model} does not refer to ${name}`),
    ...Object.values(graph.models).flatMap((model) => leftBehind(model, rules)),
  ]
}

/** A row that moves must not refer to one that stays: nobody would see both. */
function leftBehind({ name, references }: ModelFact, rules: OwnerMergeOptions<BoundModel>['models']): string[] {
  const rule = rules[name]
  if (rule === undefined || rule === 'leave') return []
  return references
    .filter(({ target }) => rules[target] === 'leave')
    .map(({ target }) => `rows of ${name} would move and refer to rows of ${target}, which do not`)
}

function declared({ name }: BoundModel, problems: readonly string[]): Error {
  return errors.MODEL_DECLARATION({
    values: {
      where: `OwnerMerge(${name})`,
      problem: problems.join('; '),
      remedy: "Give each model that refers to it a rule: 'move', 'keepTarget', 'keepSource' or 'leave'",
    },
  })
}
