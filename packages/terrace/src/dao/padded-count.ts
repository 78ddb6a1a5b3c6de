/**
 * The length at which a list of values is asked for, the last value repeated: up to 4 as it is, then multiples of a step that grows with
 * the length. So the statements over lists are a small closed set and stay prepared, and little is asked for twice.
 */
function paddedCount(count: number): number {
  if (count <= 4) return count
  const step = count <= 32 ? 4 : count <= 128 ? 16 : count <= widestStep ? 128 : widestStep
  return Math.ceil(count / step) * step
}

const widestStep = 1_024

/** `values` followed by its last item up to the padded count. */
export function padded<T>(values: readonly T[]): readonly T[] {
  const count = paddedCount(values.length)
  const last = values.at(-1)
  if (last === undefined || count === values.length) return values
  return [...values, ...Array.from({ length: count - values.length }, () => last)]
}

/** The most items that a list of `width` placeholders each may have, with room for what else the statement holds. */
export function longestList(maxParameters: number, width: number): number {
  const room = Math.max(1, Math.floor((maxParameters - reservedParameters) / width))
  return room >= widestStep ? Math.floor(room / widestStep) * widestStep : 2 ** Math.floor(Math.log2(room))
}

/** `values` in lists of at most `size`. */
export function chunksOf<T>(values: readonly T[], size: number): readonly (readonly T[])[] {
  if (values.length <= size) return values.length === 0 ? [] : [values]
  return Array.from({ length: Math.ceil(values.length / size) }, (_, at) => values.slice(at * size, (at + 1) * size))
}

// Owners (one per level of a scope), limit, offset and the columns set beside a list.
const reservedParameters = 200
