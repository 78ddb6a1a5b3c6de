import { expect, test } from 'vitest'
import { actor, model, text } from '../model/index.ts'
import { actingAs } from './scope.ts'

test('acting as a model that no graph bound is refused at once, with what to give instead', () => {
  const Device = model('devices', { id: text().length(1, 9).primaryKey() }, { access: actor() })
  expect(() => actingAs(Device as never, 'x' as never)).toThrow(
    'the model "devices" is not bound: give the one that graph() made, like models.Device',
  )
  expect(() => actingAs(undefined as never, 'x' as never)).toThrow('undefined is no model')
})
