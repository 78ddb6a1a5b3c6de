import { Dao } from 'terrace/dao'
import { models } from '../models.ts'

export class LinkPreviewDao extends Dao(models.LinkPreview) {}
