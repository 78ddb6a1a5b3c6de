import { Dao } from '../../../src/dao/index.ts'
import {
  actor,
  graph,
  integer,
  model,
  ownedThrough,
  owner,
  reference,
  softDelete,
  text,
} from '../../../src/model/index.ts'

const name = () => text().length(1, 40)
const id = () => name().primaryKey()

const Member = model('members', { id: id(), ...softDelete() }, { access: actor() })
const memberId = owner(Member, { onDelete: 'cascade' })

const Box = model(
  'boxes',
  {
    id: id(),
    memberId,
    name: name().unique(),
    label: name().ignoreCase().unique().nullable(),
    shelf: integer().nullable(),
    place: integer().nullable(),
    ...softDelete(),
  },
  { uniques: [['shelf', 'place']] },
)
/** Below a box: shown with it, hidden with it. */
const Item = model(
  'items',
  { id: id(), boxId: reference(Box, { inverse: 'items', onDelete: 'cascade' }), name: name(), ...softDelete() },
  { access: ownedThrough('boxId'), uniques: [['name']] },
)
const Part = model(
  'parts',
  { id: id(), itemId: reference(Item, { inverse: 'parts', onDelete: 'cascade' }), name: name(), ...softDelete() },
  { access: ownedThrough('itemId'), uniques: [['name']] },
)
/** Has no trash. */
const Sticker = model(
  'stickers',
  { id: id(), boxId: reference(Box, { inverse: 'stickers', onDelete: 'cascade' }) },
  { access: ownedThrough('boxId') },
)
/** A diamond: each of its sides belongs to the member itself. */
const Left = model('lefts', {
  id: id(),
  memberId,
  boxId: reference(Box, { inverse: 'lefts', onDelete: 'cascade' }).nullable(),
  ...softDelete(),
})
const Right = model('rights', {
  id: id(),
  memberId,
  boxId: reference(Box, { inverse: 'rights', onDelete: 'cascade' }).nullable(),
  ...softDelete(),
})
const Bottom = model('bottoms', {
  id: id(),
  memberId,
  leftId: reference(Left, { inverse: 'bottoms', onDelete: 'cascade' }).nullable(),
  rightId: reference(Right, { inverse: 'bottoms', onDelete: 'cascade' }).nullable(),
  ...softDelete(),
})
const Crumb = model('crumbs', {
  id: id(),
  memberId,
  bottomId: reference(Bottom, { inverse: 'crumbs', onDelete: 'cascade' }),
  ...softDelete(),
})
/** A tree. */
const Folder = model('folders', {
  id: id(),
  memberId,
  parentId: reference('folders', { key: name(), inverse: 'children', onDelete: 'cascade' }).nullable(),
  name: name().unique(),
  ...softDelete(),
})
/** Forbids that its part goes. */
const Claim = model('claims', {
  id: id(),
  memberId,
  partId: reference(Part, { inverse: 'claims', onDelete: 'restrict' }),
  ...softDelete(),
})
/** Outlives its box. */
const Log = model('logs', { id: id(), memberId, boxId: reference(Box, { inverse: 'logs', onDelete: 'keep' }) })

export const models = graph({ Member, Box, Item, Part, Sticker, Left, Right, Bottom, Crumb, Folder, Claim, Log })

export class MemberDao extends Dao(models.Member) {}
export class BoxDao extends Dao(models.Box) {}
export class ItemDao extends Dao(models.Item) {}
export class PartDao extends Dao(models.Part) {}
export class StickerDao extends Dao(models.Sticker) {}
export class LeftDao extends Dao(models.Left) {}
export class RightDao extends Dao(models.Right) {}
export class BottomDao extends Dao(models.Bottom) {}
export class CrumbDao extends Dao(models.Crumb) {}
export class FolderDao extends Dao(models.Folder) {}
export class ClaimDao extends Dao(models.Claim) {}
export class LogDao extends Dao(models.Log) {}
