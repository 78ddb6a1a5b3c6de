/**
 * One subject as a process: `node serve.ts <subject> <url of the database>`. Tells its parent the port, and at each message what
 * processor time it has used so far, in microseconds; ends when its parent is gone.
 */
import { allSubjects, type SubjectName } from './subjects.ts'

const [, , name = '', databaseUrl = ''] = process.argv
const start = allSubjects[name as SubjectName]
const { port, close } = await start({ databaseUrl })

process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.(user + system)
})
process.on('disconnect', () => {
  void close().then(() => process.exit(0))
})
process.send?.(port)
