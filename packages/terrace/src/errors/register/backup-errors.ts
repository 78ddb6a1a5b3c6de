import type { ErrorDefinition } from '../terrace-error.ts'

/** Copies of a whole database, and scratch databases. */
export const backupErrors = {
  SCRATCH_REFUSED: {
    kind: 'structure',
    en: 'Nothing was tried out, for there is no scratch database: {problem}',
    zh: '没有可用的临时数据库，未进行任何试运行：{problem}',
    remedy: '{remedy}',
    remedyZh: '{remedy}',
    values: {
      problem: 'the user app of db.example:5432/shop may not make a database',
      remedy: 'Grant it: alter role <user> createdb, or give an empty database: --scratch <url>',
    },
  },
  BACKUP_REFUSED: {
    kind: 'declaration',
    en: '{database} cannot be backed up or restored: {reason}',
    zh: '无法备份或恢复 {database}：{reason}',
    remedy: '{remedy}',
    remedyZh: '{remedy}',
    values: {
      database: 'app',
      reason: 'it is in memory, and every connection to it begins with a new one',
      remedy: 'Use a database in a file',
    },
  },
  BACKUP_TOOL_MISSING: {
    kind: 'unavailable',
    en: "The server's own tool {tool} is needed, and {problem}",
    zh: '需要数据库服务器自带的工具 {tool}：{problem}',
    remedy: '{remedy}',
    remedyZh: '{remedy}',
    values: {
      tool: 'pg_dump',
      problem: 'it is not installed, or not in PATH',
      remedy: 'Install the client programs of the server, and put them into PATH',
    },
  },
  BACKUP_FAILED: {
    kind: 'unavailable',
    en: '{database} was not backed up, and no file was left: {reason}',
    zh: '未能备份 {database}，未留下任何文件：{reason}',
    remedy: '{remedy}',
    remedyZh: '{remedy}',
    values: {
      database: 'shop',
      reason: 'the folder backups may not be written',
      remedy: 'Give another folder, or the right to write there',
    },
  },
  BACKUP_FILE: {
    kind: 'validation',
    en: '{file} cannot be used, and nothing was changed: {problem}',
    zh: '无法使用 {file}，未做任何修改：{problem}',
    remedy: '{remedy}',
    remedyZh: '{remedy}',
    values: {
      file: 'backups/shop-20261121T173000Z.dump',
      problem: 'it has 8192 bytes, and 10240 by its manifest',
      remedy: 'Copy it again from where it is kept, or take another backup',
    },
  },
  RESTORE_IN_USE: {
    kind: 'conflict',
    en: '{database} is in use, and nothing was changed: {who}',
    zh: '{database} 正在使用中，未做任何修改：{who}',
    remedy: 'Stop what is connected to it, then restore again',
    remedyZh: '请先停止与其连接的程序，然后重新恢复',
    values: { database: 'shop', who: '2 other connections' },
  },
  RESTORE_FAILED: {
    kind: 'unavailable',
    en: '{database} was not restored from {file}: {reason}. {state}',
    zh: '未能从 {file} 恢复 {database}：{reason}。{state}',
    remedy: '{remedy}',
    remedyZh: '{remedy}',
    values: {
      database: 'shop',
      file: 'backups/shop-20261121T173000Z.dump',
      reason: 'role "app" does not exist',
      state: 'Nothing was changed',
      remedy: 'Correct what the database says, then restore again',
    },
  },
  RESTORE_DIFFERS: {
    kind: 'conflict',
    en: '{database} was restored from {file}, and is not what its manifest says. Differences: {count}\n{list}',
    zh: '已从 {file} 恢复 {database}，但与清单不符，共 {count} 处：\n{list}',
    remedy: 'Do not use it before each is understood: restore again into an empty database, or take another backup',
    remedyZh: '请先查明每一处差异再使用该数据库：可恢复到另一个空数据库，或使用另一份备份',
    values: {
      database: 'shop',
      file: 'backups/shop-20261121T173000Z.dump',
      count: 1,
      list: '- table products: 12 rows, and 13 by the manifest',
    },
  },
} as const satisfies Record<string, ErrorDefinition>
