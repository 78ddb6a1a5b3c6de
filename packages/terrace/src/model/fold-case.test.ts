import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldCase } from './index.ts'

describe('foldCase()', () => {
  it.each([
    ['Ana@Example.ORG', 'ana@example.org'],
    ['ÉCOLE', 'école'],
    ['e\u0301', 'é'],
    ['ﬁ', 'fi'],
    ['ＡＢＣ', 'abc'],
    ['Straße', 'straße'],
    ['ΌΣΟΣ', 'όσος'],
    ['\u0130', 'i\u0307'],
    ['梯田', '梯田'],
    ['J\u030c', '\u01f0'],
  ])('folds %s to %s', (text, folded) => {
    expect(foldCase(text)).toBe(folded)
  })

  it('makes one text of a letter and its other cases, however they are composed', () => {
    const letters = ['\u01f0', '\u1e96', '\u1e97', '\u1e98', '\u1e99', '\u0390', '\u03b0', '\u1f50']
    for (const letter of letters) expect(foldCase(letter.toUpperCase())).toBe(foldCase(letter))
  })

  it('changes nothing that is folded already', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldCase(foldCase(text))).toBe(foldCase(text))
      }),
    )
  })
})
