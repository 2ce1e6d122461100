"""One small change in a module at a time: Cosmic Ray's operators, and two of our own.

Of the many ways to replace an operator by another, one each is taken: the next best mistake.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.operators.provider import OperatorProvider
from parso.python.tree import Name

from tools.setup import ROOT

BINARY = ("Add_Sub", "Sub_Add", "Mul_FloorDiv", "FloorDiv_Mul", "Mod_Mul", "Pow_Mul", "LShift_RShift")
COMPARED = (
    "Eq_NotEq", "NotEq_Eq", "Lt_LtE", "Lt_GtE", "LtE_Lt", "LtE_Gt", "Gt_GtE", "Gt_LtE", "GtE_Gt", "GtE_Lt",
    "Is_IsNot", "IsNot_Is",
)  # fmt: skip
OTHERS = (
    "AddNot",
    "ExceptionReplacer",
    "NumberReplacer",
    "RemoveDecorator",
    "ReplaceAndWithOr",
    "ReplaceBreakWithContinue",
    "ReplaceContinueWithBreak",
    "ReplaceFalseWithTrue",
    "ReplaceOrWithAnd",
    "ReplaceTrueWithFalse",
    "ReplaceUnaryOperator_Delete_Not",
    "ReplaceUnaryOperator_USub_UAdd",
    "ZeroIterationForLoop",
)
CONDITIONS = {"where", "and_", "or_"}
"""Calls that mean something with one argument less."""


@dataclass(frozen=True)
class Place:
    """Where one operator can change a file: at its `occurrence`, counted from nought."""

    path: str
    operator: str
    occurrence: int

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").replace("/", ".")


@dataclass(frozen=True)
class Mutant:
    """`line` and `change`: where its code differs from the file, and how."""

    place: Place
    line: int
    change: str
    code: str


class CallLeftOut(Operator):
    """A statement that only calls something does nothing."""

    def mutation_positions(self, node: Any) -> Iterator[Any]:
        parent = getattr(node, "parent", None)
        if node.type == "atom_expr" and parent is not None and parent.type == "simple_stmt":
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        return Name("None", node.start_pos, prefix=node.get_first_leaf().prefix)

    @classmethod
    def examples(cls) -> tuple[Any, ...]:
        return ()


class ArgumentLeftOut(Operator):
    """A named argument is left out, or one of several conditions."""

    def mutation_positions(self, node: Any) -> Iterator[Any]:
        yield from [(node.children[at].start_pos, node.children[at].end_pos) for at in self._places(node)]

    def mutate(self, node: Any, index: int) -> Any:
        at = self._places(node)[index]
        last = at == len(node.children) - 1
        del node.children[at - 1 if last and at else at : at + 1 if last else at + 2]
        return node

    def _places(self, node: Any) -> list[int]:
        if node.type != "arglist":
            return []
        called = node.parent.get_previous_sibling()
        name = called.get_last_leaf().value if called is not None else ""
        return [
            at
            for at, child in enumerate(node.children)
            if _is_named(child) or (name in CONDITIONS and child.type != "operator")
        ]

    @classmethod
    def examples(cls) -> tuple[Any, ...]:
        return ()


def _is_named(node: Any) -> bool:
    return bool(
        node.type == "argument" and node.children[1].type == "operator" and node.children[1].value == "="
    )


def places(path: str) -> list[Place]:
    """Every place of one file, in order."""
    nodes = list(ast_nodes(get_ast((ROOT / path).read_text(encoding="utf-8"))))
    return [
        Place(path, name, number)
        for name, operator in OPERATORS.items()
        for number in range(sum(len(list(operator.mutation_positions(node))) for node in nodes))
    ]


def mutant(place: Place) -> Mutant | None:
    """The file changed at this place; None where that means the same, or is no Python."""
    source = (ROOT / place.path).read_text(encoding="utf-8")
    code = mutate_code(source, OPERATORS[place.operator], place.occurrence)
    if code is None or _meaning(code) in {_meaning(source), None}:
        return None
    before, after = source.splitlines(), code.splitlines()
    for tag, start, end, other, other_end in SequenceMatcher(None, before, after, False).get_opcodes():
        if tag != "equal":
            old, new = _line(before[start:end]), _line(after[other:other_end])
            return Mutant(place, start + 1, f"{old} → {new or '(left out)'}", code)
    return None


def _line(lines: list[str]) -> str:
    return " ".join(line.strip() for line in lines)


def _operators() -> dict[str, Operator]:
    provider = OperatorProvider()
    names = [f"ReplaceBinaryOperator_{pair}" for pair in BINARY]
    names += [f"ReplaceComparisonOperator_{pair}" for pair in COMPARED]
    theirs = {name: provider[name]() for name in (*names, *OTHERS)}
    return theirs | {"CallLeftOut": CallLeftOut(), "ArgumentLeftOut": ArgumentLeftOut()}


def _meaning(code: str) -> str | None:
    """What the code does: without annotations, which say it to people. None: it is no Python."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return None
    return ast.dump(_Plain().visit(tree))


def without_annotations(node: ast.FunctionDef) -> ast.FunctionDef:
    made = _Plain().visit(node)
    assert isinstance(made, ast.FunctionDef)
    return made


class _Plain(ast.NodeTransformer):
    """Annotations of functions and their arguments are gone; those of fields stay, for tables are made of them."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.returns = None
        self.generic_visit(node)
        return node


OPERATORS = _operators()
