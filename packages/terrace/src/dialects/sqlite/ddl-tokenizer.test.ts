import { describe, expect, test } from 'vitest'
import { canonicalText } from './canonical-expression.ts'
import { tokenize } from './ddl-tokenizer.ts'

describe('the tokens of SQLite', () => {
  test.each<readonly [sql: string, tokens: readonly string[]]>([
    ['a  b\n\tc', ['a', 'b', 'c']],
    ['a -- to the end, even "this"\n b /* and ( this */ c /* unclosed', ['a', 'b', 'c']],
    [`'it''s' "say ""hi""" \`back\`\`tick\` [any (thing]`, [`'it''s'`, `"say ""hi"""`, '`back``tick`', '[any (thing]']],
    [`x'00ff' X'AB' x 'y'`, [`x'00ff'`, `X'AB'`, 'x', `'y'`]],
    ['1 1.5 .5 1e10 1.5E-3 0xFF 1_000', ['1', '1.5', '.5', '1e10', '1.5E-3', '0xFF', '1_000']],
    [
      'a->>b->c||d<<e>=f<>g!=h==i',
      ['a', '->>', 'b', '->', 'c', '||', 'd', '<<', 'e', '>=', 'f', '<>', 'g', '!=', 'h', '==', 'i'],
    ],
    ['größe _a1 a$b 日本', ['größe', '_a1', 'a$b', '日本']],
    ['?1 :name @at $dollar', ['?1', ':name', '@at', '$dollar']],
    [`'-- not a comment' "/* nor this */"`, [`'-- not a comment'`, '"/* nor this */"']],
  ])('of %j', (sql, tokens) => {
    expect(tokenize(sql).map(({ text }) => text)).toEqual(tokens)
  })

  test('carry the value of what is quoted', () => {
    const values = tokenize(`"a""b" \`c\` [d] 'e''f'`).map((token) => ('value' in token ? token.value : null))
    expect(values).toEqual(['a"b', 'c', 'd', "e'f"])
  })

  test('end at a character that SQLite does not know', () => {
    expect(() => tokenize('a \u0001')).toThrow('no SQL token begins at character 3')
    expect(() => tokenize("a 'open")).toThrow(SyntaxError)
  })
})

describe('the canonical spelling of an expression', () => {
  test.each<readonly [written: string, spelt: string]>([
    ['( ( A  BETWEEN 1 AND 2 ) )', 'a between 1 and 2'],
    ['"Name" = `NAME`', 'name = name'],
    ['"Order" > [WHERE]', '"order" > "where"'],
    ['"a b" > [c]', '"a b" > c'],
    [`length("n")<=3 -- why`, 'length ( n ) <= 3'],
    [`(a) or (b)`, '( a ) or ( b )'],
    [`'Keep CASE' || x'AB'`, `'Keep CASE' || x'ab'`],
  ])('of %j is %j', (written, spelt) => {
    expect(canonicalText(written)).toBe(spelt)
  })

  test('differs where the meaning may', () => {
    expect(canonicalText('a and (b or c)')).not.toBe(canonicalText('(a and b) or c'))
    expect(canonicalText(`a = 'X'`)).not.toBe(canonicalText(`a = 'x'`))
    expect(canonicalText(`a = "x"`)).not.toBe(canonicalText(`a = 'x'`))
  })
})
