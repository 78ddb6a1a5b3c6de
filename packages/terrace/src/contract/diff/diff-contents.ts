import type { Content } from '../api-document.ts'
import { changeOf, type ApiChange } from './change.ts'
import type { Comparing } from './comparing.ts'
import { diffSchemas } from './diff-schemas.ts'
import { isSame } from './is-same.ts'

/** By media type. */
export function diffContents(before: Content, now: Content, where: string, comparing: Comparing): readonly ApiChange[] {
  const types = [...new Set([...Object.keys(before), ...Object.keys(now)])]
  const all = types.flatMap((type) => {
    const [one, other] = [before[type], now[type]]
    if (one === undefined) return [changeOf('media-type-added', where, { is: type })]
    if (other === undefined) return [changeOf('media-type-removed', where, { was: type })]
    return diffSchemas(one.schema ?? {}, other.schema ?? {}, where, comparing)
  })
  // A schema that is sent as several types is one change.
  return all.filter((change, at) => all.findIndex((known) => isSame(known, change)) === at)
}
