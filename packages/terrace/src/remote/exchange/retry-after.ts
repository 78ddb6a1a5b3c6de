/** What a source may make its callers wait at most, whatever it says: a day. */
const longestMs = 86_400_000

/** How long a source wants to be left alone, by its header `retry-after`: seconds or a date. Null where it says nothing that can be read. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  const text = header?.trim() ?? ''
  if (/^[0-9]{1,10}$/.test(text)) return Math.min(Number(text) * 1_000, longestMs)
  // The one form of dates that may be sent (RFC 9110); Date.parse reads much else.
  if (!/^[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT$/.test(text)) return null
  const atMs = Date.parse(text)
  return Number.isNaN(atMs) ? null : Math.min(Math.max(atMs - nowMs, 0), longestMs)
}
