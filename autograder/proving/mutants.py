"""Mutants: a right answer with one thing in it changed, as a slip of the pen would.

Each is the text of the reference with one expression or statement of its solution in another form: another operator,
another constant, one argument for another, a branch never taken, a line left out. Which of them are equivalent, and so
no mutants at all, nobody can compute: the file ``equivalent.toml`` of a chapter's corpus says it, with reasons.
"""

import ast
from collections.abc import Iterator

_OPERATORS: dict[type, tuple[type, ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
}
"""What stands in the place of an operator."""
_FUNCTIONS = {
    "max": "min",
    "min": "max",
    "argmax": "argmin",
    "argmin": "argmax",
    "maximum": "minimum",
    "minimum": "maximum",
    "sum": "mean",
    "mean": "sum",
    "floor": "ceil",
    "ceil": "floor",
    "round": "floor",
    "sin": "cos",
    "cos": "sin",
    "log": "log10",
    "zeros": "ones",
    "zeros_like": "ones_like",
    "any": "all",
    "all": "any",
    "cumsum": "array",
    "sqrt": "array",
    "hypot": "maximum",
    "flatnonzero": "array",
}
"""What is called in the place of a function, whatever module it comes from."""
_CONVERSIONS = ("asarray", "array", "stack", "float", "int", "list", "zip")
"""Calls that are not left out: what is given has the right type already, so nothing would change."""
_EITHER_WAY = ("max", "min", "maximum", "minimum", "hypot", "clip", "dot", "zip")
"""Functions to which the order of their first two arguments is nothing."""


def mutants(text: str) -> dict[str, str]:
    """The mutants of a definition's text, each by what is changed in it, as in ``v + i / tau: v + i -> v - i``.

    Only what stands between nbgrader's marks of a solution is changed; all of it, where there are none.
    """
    tree, lines = ast.parse(text), text.splitlines()
    within, seen, found = _solution(lines), {ast.dump(tree)}, {}
    for node, new in _changed(tree):
        if node.lineno not in within:
            continue
        first = _place(lines, node.lineno, node.col_offset)
        last = _place(lines, node.end_lineno or 0, node.end_col_offset or 0)
        changed = text[:first] + new + text[last:]
        try:
            dump = ast.dump(ast.parse(changed))
        except SyntaxError:
            continue
        if dump not in seen:
            seen.add(dump)
            line, old = lines[node.lineno - 1].partition("  #")[0].strip(), " ".join(text[first:last].split())
            name = f"{line}: {old} -> {' '.join(new.split())}"
            found[name if name not in found else f"{name} ({node.lineno}, {node.col_offset})"] = changed
    return found


def _solution(lines: list[str]) -> set[int]:
    """The numbers of the lines, from 1, that a student is to write."""
    inside, numbers = False, set()
    for number, line in enumerate(lines, start=1):
        if "### BEGIN SOLUTION" in line or "### END SOLUTION" in line:
            inside = "BEGIN" in line
        elif inside:
            numbers.add(number)
    return numbers or set(range(1, len(lines) + 1))


def _place(lines: list[str], line: int, column: int) -> int:
    """Where in a text a place of its tree is; trees count columns in bytes."""
    before = sum(len(one) + 1 for one in lines[: line - 1])
    return before + len(lines[line - 1].encode()[:column].decode())


def _changed(tree: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """Every node that may be changed, with each text that may take its place."""
    parameters: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            parameters = [one.arg for one in node.args.args if one.arg != "self"]
            for part in ast.walk(node):
                if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load) and part.id in parameters:
                    other = parameters[(parameters.index(part.id) + 1) % len(parameters)]
                    yield part, other
        if isinstance(node, ast.expr):
            yield from ((node, text) for text in _expressions(node))
        elif isinstance(node, ast.stmt):
            yield from ((node, text) for text in _statements(node))
        if isinstance(node, (ast.If, ast.While, ast.IfExp)):
            yield from ((node.test, truth) for truth in ("True", "False"))


def _expressions(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.BinOp(left, op, right):
            yield from (f"({_text(ast.BinOp(left, new(), right))})" for new in _OPERATORS.get(type(op), ()))
            yield from (f"({_text(part)})" for part in (left, right))
        case ast.Compare(left, [op], [right]):
            yield from (f"({_text(ast.Compare(left, [new()], [right]))})" for new in _OPERATORS.get(type(op), ()))
        case ast.BoolOp(op, [first, *others]):
            yield from (f"({_text(ast.BoolOp(new(), [first, *others]))})" for new in _OPERATORS[type(op)])
            yield from (f"({_text(part)})" for part in (first, *others))
        case ast.UnaryOp(_, operand):
            yield f"({_text(operand)})"
        case ast.Constant(bool(value)):
            yield str(not value)
        case ast.Constant(int(value)):
            yield from (str(value + 1), f"({value - 1})")
        case ast.Constant(float(value)):
            yield str(value * 1.1 if value else 1.0)
        case ast.Slice(lower, upper, None):
            yield from ([f"{_text(lower)}:", f":{_text(upper)}"] if lower and upper else [":"])
        case ast.Call():
            yield from _calls(node)


def _calls(node: ast.Call) -> Iterator[str]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in _FUNCTIONS:
        other = _FUNCTIONS[name]
        function = _text(ast.Attribute(node.func.value, other)) if isinstance(node.func, ast.Attribute) else other
        yield _text(ast.Call(ast.Name(function), node.args, node.keywords))
    if node.args and name not in _CONVERSIONS and not isinstance(node.args[0], ast.Starred):
        yield f"({_text(node.args[0])})"
    if len(node.args) > 1 and name not in _EITHER_WAY:
        yield _text(ast.Call(node.func, [node.args[1], node.args[0], *node.args[2:]], node.keywords))
    if name == "range":
        yield _text(ast.Call(node.func, [*node.args[:-1], ast.BinOp(node.args[-1], ast.Sub(), ast.Constant(1))], []))
    for keyword in node.keywords:
        yield _text(ast.Call(node.func, node.args, [one for one in node.keywords if one is not keyword]))


def _statements(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.AugAssign(target, op, value):
            yield from (_text(ast.AugAssign(target, new(), value)) for new in _OPERATORS.get(type(op), ()))
            yield f"{_text(target)} = {_text(value)}"
            yield "pass"
        case ast.Assign([ast.Attribute() | ast.Subscript()], _) | ast.Expr() | ast.Break() | ast.Continue():
            yield "pass"


def _text(node: ast.AST) -> str:
    return ast.unparse(ast.fix_missing_locations(node))
