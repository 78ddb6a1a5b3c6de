import { describe, expect, test } from 'vitest'
import { isEntityTag, matchesStrongly, matchesWeakly, readTags, versionIn, versionTag, weakTag } from './entity-tag.ts'

describe('tags', () => {
  test('tell every byte apart, and a version by itself', () => {
    const [one, other] = [versionTag(7, '{"a":1}'), versionTag(7, '{"a":2}')]
    expect(one).toMatch(/^"7\.[\w-]{22}"$/)
    expect(one).not.toBe(other)
    expect([versionIn(one), versionIn(other), versionIn('"7"')]).toEqual([7, 7, 7])
    expect(weakTag('x')).toBe(weakTag(new TextEncoder().encode('x')))
    for (const made of [one, weakTag('')]) expect(isEntityTag(made)).toBe(true)
  })

  test.each(['W/"7"', '"07"', '"0"', '"-7"', '"7.x"', '"7.1"', '"x"', '""', '"99999999999"'])(
    '%s holds no version',
    (tag) => expect(versionIn(tag)).toBeNull(),
  )

  test.each([
    ['*', '*'],
    [' * ', '*'],
    ['"a"', ['"a"']],
    ['W/"a", "b"', ['W/"a"', '"b"']],
    [',, "a",\t,"b" ,', ['"a"', '"b"']],
    ['"a,b", ""', ['"a,b"', '""']],
    ['"\u00e4"', ['"\u00e4"']],
  ])('%j is read', (text, tags) => expect(readTags('if-match', text)).toEqual(tags))

  test.each(['', ',', 'a', '"a', '"a""b"', '"a" "b"', 'w/"a"', 'W /"a"', '*, "a"', '"a", *', '"\u0000"', '"a b"'])(
    '%j is no list of tags',
    (text) =>
      expect(() => readTags('if-match', text)).toThrow(expect.objectContaining({ code: 'PRECONDITION_MALFORMED' })),
  )

  test('a long header that is none is refused at once', () => {
    const startedMs = performance.now()
    expect(() => readTags('if-match', `${'"",, '.repeat(20_000)}x`)).toThrow('no list of entity tags')
    expect(performance.now() - startedMs).toBeLessThan(500)
  })

  // RFC 9110, section 8.8.3.2.
  test.each([
    ['W/"1"', 'W/"1"', false, true],
    ['W/"1"', 'W/"2"', false, false],
    ['W/"1"', '"1"', false, true],
    ['"1"', '"1"', true, true],
  ])('%s and %s are equal: strongly %s, weakly %s', (one, other, strongly, weakly) => {
    expect([matchesStrongly([one], other), matchesWeakly([one], other)]).toEqual([strongly, weakly])
  })
})
