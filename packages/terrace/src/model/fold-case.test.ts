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
  ])('folds %s to %s', (text, folded) => {
    expect(foldCase(text)).toBe(folded)
  })

  it('changes nothing that is folded already', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldCase(foldCase(text))).toBe(foldCase(text))
      }),
    )
  })
})
