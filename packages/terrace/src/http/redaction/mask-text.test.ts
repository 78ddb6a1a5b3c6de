import { expect, test } from 'vitest'
import { maskText } from './mask-text.ts'

test.each([
  ['cannot reach postgres://me:p:a/s@s@host/db now', 'cannot reach postgres://me:[hidden]@host/db now'],
  ['redis://:secret@host', 'redis://:[hidden]@host'],
  ['see https://a.example/x,https://me:pw@b.example/', 'see https://a.example/x,https://me:[hidden]@b.example/'],
  ['http://host:80/path and me@example.org', 'http://host:80/path and me@example.org'],
  ['Authorization: Bearer abc.def', 'Authorization: Bearer [hidden]'],
  ['it was 4321, twice: 4321', 'it was [hidden], twice: [hidden]'],
])('shows no password, credential or given text of %s', (text, shown) => {
  expect(maskText(text, ['4321'])).toBe(shown)
})

test.each(['a.', 'a://b:', '://', 'bearer ', '@'])('reads a megabyte of %s in an instant', (piece) => {
  const text = piece.repeat(1_000_000 / piece.length)
  const startedMs = performance.now()
  maskText(text, [])
  expect(performance.now() - startedMs).toBeLessThan(2_000)
})
