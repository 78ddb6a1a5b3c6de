/** An instant as RFC 3339 in UTC with milliseconds, as `toISOString` gives it: `2026-02-05T08:00:00.000Z`. */
export const timestampText = instantWriter()

const dayMs = 86_400_000

/**
 * Rows are of few days, so the date is written once for each run of instants of one day. A list has two instants in each row, and
 * `toISOString` would be the largest part of rendering it.
 */
function instantWriter(): (instant: Date) => string {
  let day = Number.NaN
  let date = ''
  return (instant) => {
    const ms = instant.getTime()
    const itsDay = Math.floor(ms / dayMs)
    if (itsDay !== day) {
      // Refuses what is no instant. The date of a year beyond 9999 is longer, the time of day is not.
      date = instant.toISOString().slice(0, -timeLength)
      day = itsDay
    }
    return `${date}${timeText(ms - itsDay * dayMs)}`
  }
}

const timeLength = 'T08:00:00.000Z'.length

function timeText(msOfDay: number): string {
  const seconds = Math.floor(msOfDay / 1000)
  const minutes = Math.floor(seconds / 60)
  const [hour, minute, second] = [Math.floor(minutes / 60), minutes % 60, seconds % 60]
  return `T${twoDigits[hour]}:${twoDigits[minute]}:${twoDigits[second]}.${threeDigits[msOfDay % 1000]}Z`
}

const twoDigits = numbersWith(2)
const threeDigits = numbersWith(3)

function numbersWith(digits: number): readonly string[] {
  return Array.from({ length: 10 ** digits }, (_, number) => String(number).padStart(digits, '0'))
}
