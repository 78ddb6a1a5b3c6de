import type {
  AliasNode,
  AndNode,
  BinaryOperationNode,
  DefaultQueryCompiler,
  IdentifierNode,
  OperationNode,
  OperatorNode,
  ReferenceNode,
  SelectionNode,
  TableNode,
  ValueNode,
} from 'kysely'

// oxlint-disable-next-line typescript/no-explicit-any -- what TypeScript asks of a class that a function extends
type QueryCompilerClass = new (...args: any[]) => DefaultQueryCompiler

/** More would be names that statements make up anew each time. */
const mostNames = 2_000

/**
 * One of Kysely's compilers that writes the same text in fewer steps. What costs most there is that a reference is visited as six
 * nodes, that each visit is looked up by the kind's name, and that each name is quoted anew. Here names are quoted once,
 * references, tables and operators are written without visits of their parts, and the commonest kinds are told apart first.
 */
export function briefly<C extends QueryCompilerClass>(Base: C): C {
  return class extends Base {
    readonly #quoted = new Map<string, string>()
    readonly #visitAny = (this as DefaultQueryCompiler)['visitNode']

    protected override readonly visitNode = (node: OperationNode): void => {
      switch (node.kind) {
        case 'ReferenceNode':
          return this.visitReference(node as ReferenceNode)
        case 'BinaryOperationNode':
          return this.#within(node as BinaryOperationNode, this.visitBinaryOperation)
        case 'ValueNode':
          return this.visitValue(node as ValueNode)
        case 'AndNode':
          return this.#within(node as AndNode, this.visitAnd)
        case 'SelectionNode':
          return this.#within(node as SelectionNode, this.visitSelection)
        case 'AliasNode':
          return this.#within(node as AliasNode, this.visitAlias)
        default:
          return this.#visitAny(node)
      }
    }

    protected override visitReference(node: ReferenceNode): void {
      const { table, column } = node
      if (column.kind !== 'ColumnNode') return super.visitReference(node)
      if (table !== undefined) {
        this.visitTable(table)
        this.append('.')
      }
      this.append(this.#quote(column.column))
    }

    protected override visitTable({ table }: TableNode): void {
      if (table.schema === undefined) this.append(this.#quote(table.identifier))
      else this.visitSchemableIdentifier(table)
    }

    protected override visitIdentifier(node: IdentifierNode): void {
      this.append(this.#quote(node))
    }

    protected override visitBinaryOperation(node: BinaryOperationNode): void {
      if (node.operator.kind !== 'OperatorNode') return super.visitBinaryOperation(node)
      this.visitNode(node.leftOperand)
      this.append(` ${(node.operator as OperatorNode).operator} `)
      this.visitNode(node.rightOperand)
    }

    /** What it holds may ask what it stands in. */
    #within<N extends OperationNode>(node: N, visit: (node: N) => void): void {
      this.nodeStack.push(node)
      visit.call(this, node)
      this.nodeStack.pop()
    }

    #quote({ name }: IdentifierNode): string {
      const known = this.#quoted.get(name)
      if (known !== undefined) return known
      const [left, right] = [this.getLeftIdentifierWrapper(), this.getRightIdentifierWrapper()]
      const quoted = `${left}${this.sanitizeIdentifier(name)}${right}`
      if (this.#quoted.size < mostNames) this.#quoted.set(name, quoted)
      return quoted
    }
  }
}
