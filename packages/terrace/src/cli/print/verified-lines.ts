import type { VerifiedRevision } from '../../connect/index.ts'
import { counted } from './counted.ts'
import type { Palette } from './palette.ts'

/** How a revision was tried, what its statements lose, and where it was tried without rows. */
export function verifiedLines(verified: VerifiedRevision, palette: Palette): readonly string[] {
  const { reversible, sampleRows, losses, notes } = verified
  const way = reversible ? 'up, down and up again' : 'up alone, for there is no way back'
  return [
    `tried ${way}, with ${counted(sampleRows, 'row')}`,
    ...(losses.length === 0 ? [] : [palette.warn(`loses values, on its way or back: ${losses.join(', ')}`)]),
    ...notes.map((note) => palette.dim(note)),
  ]
}
