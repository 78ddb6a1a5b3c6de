import { newPassword } from 'terrace/auth'
import { create, patch, read } from 'terrace/dto'
import { models } from '../models.ts'

/** What somebody registers with. */
export const newUser = create(models.User, { with: { password: newPassword() }, name: 'UserCreate' })

export const userPatch = patch(models.User, { only: ['displayName'] })

export const user = read(models.User)
