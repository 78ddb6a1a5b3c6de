import { randomFillSync } from 'node:crypto'

const counterBits = 18
const counterLimit = 2 ** counterBits
const poolBytes = 4096
const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/**
 * A source of lower-case uuids of version 7, each greater than the one before, also within a millisecond and when the clock
 * steps back.
 *
 * Layout after RFC 9562, 5.7 with method 1 of 6.2: 48 bits of milliseconds, a counter of 18 bits (`rand_a` and the top
 * of `rand_b`) that starts at a random value below half its range each millisecond, 56 random bits. A counter that runs
 * over moves to the next millisecond, as 6.2 allows.
 */
export function createUuidV7(clock: () => number): () => string {
  const random = createRandomBytes()
  let lastMs = 0
  let counter = 0
  let prefix = ''

  const startMillisecond = (ms: number): void => {
    lastMs = ms
    counter = (random.byte() << 9) | (random.byte() << 1) | (random.byte() & 1)
    const hex = ms.toString(16).padStart(12, '0')
    prefix = `${hex.slice(0, 8)}-${hex.slice(8)}-`
  }

  // A clock before 1970 has no place in the layout: ids begin there.
  startMillisecond(0)
  return () => {
    const ms = Math.floor(clock())
    if (ms > lastMs) startMillisecond(ms)
    else if (++counter === counterLimit) startMillisecond(lastMs + 1)
    const randA = (0x7000 | (counter >>> 6)).toString(16)
    const variantAndLow = (0x80 | (counter & 0x3f)).toString(16)
    return `${prefix}${randA}-${variantAndLow}${random.hex(1)}-${random.hex(6)}`
  }
}

/** Asking the system for a few bytes at a time costs more than the rest of an id: they are fetched by the page. */
function createRandomBytes() {
  const pool = new Uint8Array(poolBytes)
  let used = poolBytes
  const byte = (): number => {
    if (used === poolBytes) {
      randomFillSync(pool)
      used = 0
    }
    return pool[used++] as number
  }
  const hex = (bytes: number): string => {
    let text = ''
    for (let count = 0; count < bytes; count += 1) text += hexOfByte[byte()] as string
    return text
  }
  return { byte, hex }
}
