import type { ErrorDefinition } from '../terrace-error.ts'

/** What the command line is asked. */
export const cliErrors = {
  CLI_USAGE: {
    kind: 'declaration',
    en: 'Called wrongly: {problem}',
    zh: '命令的写法有误：{problem}',
    remedy: '{remedy}',
    remedyZh: '{remedy}',
    values: { problem: 'db plan has no flag --startupp', remedy: 'Did you mean --startup?' },
  },
  CLI_CONFIG: {
    kind: 'declaration',
    en: '{file} cannot be used: {problem}',
    zh: '无法使用 {file}：{problem}',
    remedy: '{remedy}',
    remedyZh: '{remedy}',
    values: { file: 'terrace.config.ts', problem: 'it has the key "migration"', remedy: 'Did you mean "migrations"?' },
  },
  CLI_MISSING: {
    kind: 'declaration',
    en: 'The command needs {what}, and nothing says which',
    zh: '该命令需要 {what}，但没有指明',
    remedy: '{remedy}',
    remedyZh: '{remedy}',
    values: { what: 'a database', remedy: 'Give --url <url>, DATABASE_URL, or database in terrace.config.ts' },
  },
  CLI_REFUSED: {
    kind: 'structure',
    en: 'The plan cannot be carried out as it is. Refused: {count}\n{list}',
    zh: '该计划无法按现状执行。被拒绝的项：{count}\n{list}',
    remedy: 'Resolve each as its line says',
    remedyZh: '请按每一行的说明逐一处理',
    values: {
      count: 1,
      list: '- column products.kcal: is integer null, wanted not declared. Not done: it loses values. Allow it by name.',
    },
  },
  CLI_DIFFERS: {
    kind: 'structure',
    en: 'The models differ from {side}. Differences: {count}\n{list}',
    zh: '模型与 {side} 不一致。差异：{count}\n{list}',
    remedy: '{remedy}',
    remedyZh: '{remedy}',
    values: {
      side: 'the head of the migrations',
      count: 1,
      list: '- column products.kcal: missing → integer null',
      remedy: 'terrace db revision -m "…" writes the revision that leads there',
    },
  },
  CLI_UNCONFIRMED: {
    kind: 'structure',
    en: '{work} would lose what is there, and nothing was done: {losses}',
    zh: '{work} 会丢失现有内容，未做任何修改：{losses}',
    remedy: 'Say that it may: --yes. A copy is made by terrace db backup',
    remedyZh: '请用 --yes 明确同意；terrace db backup 可先备份',
    values: { work: 'db restore', losses: 'rows in products, brands' },
  },
  CLI_UNSOUND: {
    kind: 'structure',
    en: '{database} is not as it should be. Problems: {count}\n{list}',
    zh: '{database} 存在问题，共 {count} 处：\n{list}',
    remedy: 'Do what each line says; a backup from before is the way back',
    remedyZh: '请按每一行的说明处理；可用之前的备份恢复',
    values: {
      database: 'shop',
      count: 1,
      list: '- index products.ix_products_name: has 12 entries for 13 rows. Build it again.',
    },
  },
  CLI_FILE_EXISTS: {
    kind: 'conflict',
    en: 'Files are there already, and none was written: {files}',
    zh: '文件已存在，未写入任何文件：{files}',
    remedy: 'Give another folder with --out <folder>, or let them be overwritten: --force',
    remedyZh: '请用 --out <folder> 指定其他文件夹，或用 --force 覆盖',
    values: { files: 'models/product.ts' },
  },
  CLI_INTERRUPTED: {
    kind: 'unavailable',
    en: 'Stopped by {signal}: {state}',
    zh: '被 {signal} 中止：{state}',
    remedy: 'Run the same command again to go on',
    remedyZh: '再次运行同一命令即可继续',
    values: { signal: 'SIGINT', state: 'nothing was changed' },
  },
} as const satisfies Record<string, ErrorDefinition>
