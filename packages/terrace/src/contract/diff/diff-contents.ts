import type { Content } from '../api-document.ts'
import { changeOf, onceEach, type ApiChange } from './change.ts'
import type { Comparing } from './comparing.ts'
import { diffSchemas } from './diff-schemas.ts'

/** By media type. */
export function diffContents(before: Content, now: Content, where: string, comparing: Comparing): readonly ApiChange[] {
  const types = [...new Set([...Object.keys(before), ...Object.keys(now)])]
  const all = types.flatMap((type) => {
    const [one, other] = [before[type], now[type]]
    if (one === undefined) return [changeOf('media-type-added', where, { is: type })]
    if (other === undefined) return [changeOf('media-type-removed', where, { was: type })]
    return diffSchemas(one.schema ?? {}, other.schema ?? {}, where, comparing)
  })
  return onceEach(all)
}
