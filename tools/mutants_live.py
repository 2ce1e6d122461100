"""A mutant in a process that already runs: the one function or value it changes is put in place of the old one.

Only what can be changed from outside: the body and the defaults of a function or method, or one value of a module,
under that name wherever our code has it. What is made of it while modules are loaded stays as it was.
"""

import ast
import inspect
import sys
from types import FunctionType, ModuleType

from tools.mutations import Mutant, without_annotations
from tools.setup import ROOT

FUNCTION, VALUE = "function", "value"
OUR_NAMES = ("campaigns", "tests", "sandbox")


def put(mutant: Mutant) -> str | None:
    """What was changed. None, and nothing is: this one must be loaded in place of its module."""
    module = sys.modules.get(mutant.place.module)
    source = (ROOT / mutant.place.path).read_text(encoding="utf-8")
    if module is None:
        return None
    return _put(module, module, ast.parse(source).body, ast.parse(mutant.code).body)


def _put(module: ModuleType, holder: object, before: list[ast.stmt], after: list[ast.stmt]) -> str | None:
    pair = _only_difference(before, after)
    if pair is None:
        return None
    old, new = pair
    if isinstance(old, ast.FunctionDef) and isinstance(new, ast.FunctionDef):
        same = _same(old.decorator_list, new.decorator_list)
        return FUNCTION if same and _put_function(module, holder, new) else None
    if isinstance(old, ast.ClassDef) and isinstance(new, ast.ClassDef):
        inside = getattr(holder, old.name, None)
        heads = _same([*old.decorator_list, *old.bases], [*new.decorator_list, *new.bases])
        return _put(module, inside, old.body, new.body) if heads and isinstance(inside, type) else None
    return VALUE if holder is module and _put_value(module, old, new) else None


def _only_difference(before: list[ast.stmt], after: list[ast.stmt]) -> tuple[ast.stmt, ast.stmt] | None:
    if len(before) != len(after):
        return None
    pairs = [pair for pair in zip(before, after, strict=True) if not _same([pair[0]], [pair[1]])]
    return pairs[0] if len(pairs) == 1 and type(pairs[0][0]) is type(pairs[0][1]) else None


def _same(before: list[ast.stmt] | list[ast.expr], after: list[ast.stmt] | list[ast.expr]) -> bool:
    return [ast.dump(node) for node in before] == [ast.dump(node) for node in after]


def _put_function(module: ModuleType, holder: object, node: ast.FunctionDef) -> bool:
    live = _function(inspect.getattr_static(holder, node.name, None))
    if live is None:
        return False
    node.decorator_list = []
    made: dict[str, FunctionType] = {}
    tree = ast.Module([without_annotations(node)], [])
    exec(compile(tree, module.__file__ or "", "exec"), module.__dict__, made)  # noqa: S102 - it is our own code
    new = made[node.name]
    if new.__code__.co_freevars != live.__code__.co_freevars:
        return False
    live.__code__, live.__defaults__, live.__kwdefaults__ = new.__code__, new.__defaults__, new.__kwdefaults__
    return True


def _function(found: object) -> FunctionType | None:
    if isinstance(found, classmethod | staticmethod):
        found = found.__func__
    if isinstance(found, property):
        found = found.fget
    found = inspect.unwrap(found) if callable(found) else found
    return found if isinstance(found, FunctionType) else None


def _put_value(module: ModuleType, old: ast.stmt, new: ast.stmt) -> bool:
    name = _name(new)
    if name is None or name != _name(old):
        return False
    before = getattr(module, name)
    made: dict[str, object] = {}
    exec(compile(ast.Module([new], []), module.__file__ or "", "exec"), module.__dict__, made)  # noqa: S102
    for other in [other for title, other in sys.modules.items() if title.split(".")[0] in OUR_NAMES]:
        if getattr(other, name, made) is before:
            setattr(other, name, made[name])
    return True


def _name(statement: ast.stmt) -> str | None:
    if isinstance(statement, ast.AnnAssign) and statement.value is not None:
        target: ast.expr = statement.target
    elif isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target = statement.targets[0]
    else:
        return None
    return target.id if isinstance(target, ast.Name) else None
