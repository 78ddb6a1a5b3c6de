import type { MembersRead, MembersWrite } from './graph-facts.ts'

/** Whether members see more rows of their groups than they may change: then that a row is seen does not prove that it may be changed. */
export function isReadByMore({ read, write }: { readonly read: MembersRead; readonly write: MembersWrite }): boolean {
  if (read === 'everyone' || write === 'nobody') return true
  if (read === 'members') return write !== 'members'
  return write === 'members' || read.some((role) => !write.includes(role))
}
