import type { ActorKeys } from '../database/index.ts'

/** Who acts, as one text: the same for the same owners, in whatever order they are named. A key may be a bigint. */
export function actorText(actor: ActorKeys): string {
  const owners = Object.entries(actor).map(([model, key]) => [model, typeof key, String(key)] as const)
  return JSON.stringify(owners.toSorted(([one], [other]) => (one < other ? -1 : 1)))
}
