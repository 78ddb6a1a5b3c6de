import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimal, graph, integer, model, oneOf, text, uuid } from '../model/index.ts'
import { create, inWire, parseShape } from './index.ts'
import type { ObjectShape } from './index.ts'

const Payment = model('payments', {
  id: uuid().primaryKey(),
  amount: decimal(9, 2, { json: 'number' }),
  cardNumber: text().length(1, 20).nullable(),
  ibanCode: text().length(1, 34),
  bankKind: oneOf('sepa', 'swift').nullable(),
  memo: text().length(0, 50).nullable(),
})
const models = graph({ Payment })
const payment = create(models.Payment, { variants: [['cardNumber'], ['ibanCode', 'bankKind']] })

function read(body: object, shape: ObjectShape = payment): unknown {
  const parsed = parseShape(shape, { amount: 1, ...body })
  return parsed.ok ? parsed.value : parsed.issues.map(({ path, code }) => `${path} ${code}`)
}

describe('variants of what is sent', () => {
  it('are sent whole, with nothing of the others; null counts as not sent and is left out', () => {
    const amount = '1.00'
    expect(read({ cardNumber: '4' })).toEqual({ amount, cardNumber: '4' })
    expect(read({ cardNumber: '4', ibanCode: null, bankKind: null })).toEqual({ amount, cardNumber: '4' })
    expect(read({ ibanCode: 'x', bankKind: 'sepa', memo: null })).toEqual({
      amount,
      ibanCode: 'x',
      bankKind: 'sepa',
      memo: null,
    })
  })

  it('are missed by as little as possible: the issues are those of the closest one', () => {
    expect(read({})).toEqual(['/cardNumber REQUIRED'])
    expect(read({ cardNumber: null })).toEqual(['/cardNumber REQUIRED'])
    expect(read({ ibanCode: 'x' })).toEqual(['/bankKind REQUIRED'])
    expect(read({ cardNumber: '4', ibanCode: 'x' })).toEqual(['/ibanCode EXCLUSIVE'])
    expect(read({ cardNumber: '4', ibanCode: 'x', bankKind: 'sepa' })).toEqual(['/cardNumber EXCLUSIVE'])
    expect(read({ amount: 'x', ibanCode: '' })).toEqual(['/amount TYPE', '/ibanCode LENGTH', '/bankKind REQUIRED'])
  })

  it('say which there are, by their names on the wire', () => {
    const parsed = parseShape(inWire(payment, 'snake'), { amount: 1 })
    expect(parsed).toMatchObject({
      ok: false,
      issues: [{ path: '/card_number', message: 'is required; give one of: card_number | iban_code + bank_kind' }],
    })
    expect(read({ card_number: '4' }, inWire(payment, 'snake'))).toEqual({ amount: '1.00', cardNumber: '4' })
  })

  it('are in the schema, which takes the same bodies', () => {
    const validate = formats.default(new Ajv2020({ strict: false })).compile(payment.schema)
    const maybe = (values: readonly unknown[]) => fc.option(fc.constantFrom(...values), { nil: undefined })
    const bodies = fc.record({
      cardNumber: maybe(['4', '', null]),
      ibanCode: maybe(['x', null]),
      bankKind: maybe(['sepa', 'other', null]),
    })
    fc.assert(
      fc.property(bodies, (body) => {
        const sent = JSON.parse(JSON.stringify({ amount: 1, ...body })) as object
        expect(parseShape(payment, sent).ok).toBe(validate(sent))
      }),
    )
  })

  it('are refused where they are declared if they cannot be told apart', () => {
    const declaring = (variants: readonly (readonly ('cardNumber' | 'ibanCode' | 'memo')[])[]) => () =>
      create(models.Payment, { variants })
    expect(declaring([['cardNumber']])).toThrow('it has fewer than two variants')
    expect(declaring([['cardNumber'], ['cardNumber', 'memo']])).toThrow(
      'the variant [cardNumber] is a part of another one',
    )
    expect(declaring([['cardNumber'], []])).toThrow('the variant [] is a part of another one')
    expect(() => create(models.Payment, { optional: ['ibanCode'], variants: [['cardNumber'], ['ibanCode']] })).toThrow(
      'ibanCode is optional and in a variant',
    )
    expect(declaring([['cardNumber'], ['sortCode' as 'memo']])).toThrow('there is no column sortCode')
  })

  it('have an integer, too', () => {
    const Reading = model('readings', { id: uuid().primaryKey(), metres: integer(), feet: integer() })
    const reading = create(graph({ Reading }).Reading, { variants: [['metres'], ['feet']] })
    expect(parseShape(reading, { feet: 0 })).toEqual({ ok: true, value: { feet: 0 } })
  })
})
