import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Session } from '../../src/database/index.ts'
import { ColourDao, refusal, ShapeDao, StickerDao, type DaoBench } from './dao-bench.ts'

type Work = (session: Session) => Promise<unknown>

/** What is told of a reference to a row that is not there, whoever found out. */
async function told(work: Promise<unknown>): Promise<string> {
  const { code, message, fields, issues } = await refusal(work)
  return [code, message, fields.join(), ...issues.map((issue) => `${issue.path} ${issue.message}`)].join(' | ')
}

const noColour =
  'REFERENCE_MISSING | colourId of Sticker refers to a Colour that does not exist | colourId | /colourId refers to a Colour that does not exist'
const noShape =
  'REFERENCE_MISSING | shapeId of Sticker refers to a Shape that does not exist | shapeId | /shapeId refers to a Shape that does not exist'

export function describeSharedReferences(bench: DaoBench): void {
  describe('references to shared rows', () => {
    test('the one that leads nowhere is named, on every engine and by every method', async () => {
      const device = await bench.newDevice()
      const [colourId, shapeId, code, gone] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
      const id = await device.session(async (session) => {
        await session.use(ColourDao).create({ id: colourId })
        await session.use(ShapeDao).create({ id: shapeId })
        return (await session.use(StickerDao).create({ colourId, shapeId, code })).id
      })
      const dao = (session: Session): StickerDao => session.use(StickerDao)
      const withoutShape: readonly Work[] = [
        (session) => dao(session).create({ colourId, shapeId: gone, code: 'x' }),
        (session) =>
          dao(session).createMany([
            { colourId, shapeId, code: 'x' },
            { colourId, shapeId: null, code: 'y' },
            { colourId, shapeId: gone, code: 'z' },
          ]),
        (session) => dao(session).update(id, { colourId, shapeId: gone }),
        (session) => dao(session).update(id, { shapeId: gone }),
        (session) => dao(session).updateWhere({ code }, { shapeId: gone, colourId }),
        (session) => dao(session).upsert({ colourId, shapeId: gone, code }, { by: ['code'] }),
        (session) => dao(session).upsert({ colourId, shapeId: gone, code: 'new' }, { by: ['code'] }),
      ]
      for (const work of withoutShape) expect(await told(device.session(work))).toBe(noShape)
      const withoutColour: readonly Work[] = [
        (session) => dao(session).create({ colourId: gone, shapeId, code: 'x' }),
        (session) => dao(session).create({ colourId: gone, code: 'x' }),
        (session) => dao(session).createMany([{ colourId: gone, code: 'x' }]),
        (session) => dao(session).update(id, { colourId: gone }),
        (session) => dao(session).updateWhere({ code }, { shapeId, colourId: gone }),
        (session) => dao(session).upsert({ colourId: gone, shapeId, code }, { by: ['code'] }),
      ]
      for (const work of withoutColour) expect(await told(device.session(work))).toBe(noColour)
      expect(await device.session((session) => dao(session).get(id))).toMatchObject({ colourId, shapeId })
    })

    test('the session ends with it, on every engine: the database refused a statement', async () => {
      const device = await bench.newDevice()
      const caught = device.session(async (session) => {
        await refusal(session.use(StickerDao).create({ colourId: randomUUID(), shapeId: randomUUID(), code: 'x' }))
        await session.use(ColourDao).create({})
      })
      expect((await refusal(caught)).code).toBe('SESSION_STATE')
    })
  })
}
