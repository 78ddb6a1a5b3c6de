import { MysqlQueryCompiler, type QueryCompiler, type SelectModifierNode } from 'kysely'
import { briefly, type Capabilities } from '../../database/index.ts'

/** Kysely's compiler for MySQL; RETURNING, which MariaDB has, is rendered by it as by every other. */
export function mysqlQueryCompiler({ product }: Capabilities): QueryCompiler {
  return product === 'MariaDB' ? new BriefMariaDbQueryCompiler() : new BriefMysqlQueryCompiler()
}

class MariaDbQueryCompiler extends MysqlQueryCompiler {
  // MariaDB has no FOR SHARE, only the older form of it. Source: MariaDB knowledge base, "LOCK IN SHARE MODE".
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (node.modifier === 'ForShare') this.append('lock in share mode')
    else super.visitSelectModifier(node)
  }
}

const BriefMysqlQueryCompiler = briefly(MysqlQueryCompiler)
const BriefMariaDbQueryCompiler = briefly(MariaDbQueryCompiler)
