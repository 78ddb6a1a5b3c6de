import { expect, test } from 'vitest'
import { actor, graph, model, text, timestamp } from '../model/index.ts'
import { DeviceAccess } from './device-access.ts'

const complete = {
  id: text().length(1, 64).primaryKey(),
  tokenHash: text().length(64, 64).unique({ global: true }).hidden(),
  lastSeenAt: timestamp().nullable().readOnly(),
}

test('a model of devices has a key, the hash of its token and when it was last seen', () => {
  const { Device } = graph({ Device: model('devices', complete, { access: actor() }) })
  expect(DeviceAccess(Device).model).toBe(Device)
})

test('everything that a model lacks is named at once, with the lines to write', () => {
  const { Phone } = graph({
    Phone: model('phones', { id: complete.id, tokenHash: text().length(64, 64) }, { access: actor() }),
  })
  expect(() => DeviceAccess(Phone)).toThrow(
    expect.objectContaining({
      message:
        'DeviceAccess(Phone): tokenHash must be a hidden, unique text column; lastSeenAt must be a timestamp that may be null',
      remedy:
        'Declare in the model: tokenHash: text().length(64, 64).unique({ global: true }).hidden(), lastSeenAt: timestamp().nullable().readOnly()',
    }),
  )
})
