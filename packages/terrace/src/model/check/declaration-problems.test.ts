import { describe, expect, it } from 'vitest'
import { DeclarationError } from '../../errors/index.ts'
import { id, loose, problemsOf } from '../../../test/support/refusals.ts'
import { graph, integer, reference, text } from '../index.ts'

describe('graph()', () => {
  const models = {
    User: loose('users', { id, name: text().length(9, 1) }),
    Thing: loose('things', { id, pageSize: integer(), userId: reference('user', { key: id }) }),
  }

  it('reports every problem of every model at once', () => {
    expect(problemsOf(models)).toEqual([
      'User.name: length(9, 1): the minimum is above the maximum → Swap the bounds',
      "Thing.pageSize: \"pageSize\" is a query parameter of every list → Give it another name and keep the column's with .column('…'), filter by it as .filterAs('…'), or hide it",
      'Thing.userId: refers to the table "user", which no model of the graph has → Write users',
    ])
  })

  it('throws a declaration error whose message reads as a list', () => {
    const { Thing } = models
    expect(() => graph({ User: models.User })).toThrow(DeclarationError)
    expect(() => graph({ User: models.User })).toThrow(/^User\.name: length\(9, 1\): the minimum is above the maximum$/)
    expect(() => graph({ Thing })).toThrow(
      /^graph: 2 problems\n {2}Thing\.pageSize: .* → .*\n {2}Thing\.userId: .* → .*$/,
    )
  })
})
