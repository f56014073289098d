"""Reads the app's source as syntax trees, for the tests of its structure."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One module: ``name`` such as ``cli/contest``, its lines and its tree."""

    name: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The room it lies in; of a top module its own name."""
        return self.name.partition("/")[0]

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """Each node's parent."""
        return {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    def functions(self) -> Iterator[Function]:
        """Yield all functions and methods."""
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                yield node

    def around(self, node: ast.AST) -> Iterator[Function]:
        """Yield the functions that ``node`` stands in, innermost first."""
        while (up := self.parents.get(node)) is not None:
            if isinstance(up, Function):
                yield up
            node = up

    @cached_property
    def strings(self) -> tuple[ast.Constant, ...]:
        """All string literals but docstrings, pieces of f-strings included."""
        docs = {
            id(node.value)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        return tuple(
            node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docs
        )


def none_of(found: Iterable[object]) -> None:
    """Fail if anything was found, and show all of it, a line each."""
    lines = sorted(map(str, found))
    assert not lines, "\n" + "\n".join(lines)


@cache
def modules(tree: str = "judgeapp") -> tuple[Module, ...]:
    """Return all modules of the app (or of another folder), by name."""
    found = []
    for path in sorted((ROOT / tree).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(ROOT / tree).with_suffix("").as_posix()
        found.append(Module(name, text, ast.parse(text, str(path))))
    return tuple(found)


def imported(module: Module) -> set[str]:
    """Return the names of all modules that a module imports, wherever it does."""
    names: set[str] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


def name_of(node: ast.expr) -> str:
    """Return the last name of ``a``, ``a.b``; empty for anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


class Values:
    """Finds which texts an expression can be: constants, choices, tables, arguments of helpers."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self._seen: set[int] = set()

    def of(self, node: ast.expr | None) -> set[str]:
        """Return patterns (regular expressions) of the texts; empty where that can't be told."""
        if node is None or id(node) in self._seen:
            return set()
        self._seen.add(id(node))
        if isinstance(node, ast.Constant):
            return {re.escape(node.value)} if isinstance(node.value, str) else set()
        if isinstance(node, ast.JoinedStr):
            return {pattern_of(node)}
        if isinstance(node, ast.Name):
            return self._name(node)
        return self._parts(node)

    def _parts(self, node: ast.expr) -> set[str]:
        inner: list[ast.expr | None] = []
        if isinstance(node, ast.IfExp):
            inner = [node.body, node.orelse]
        elif isinstance(node, ast.BoolOp | ast.Dict):
            inner = list(node.values)
        elif isinstance(node, ast.Tuple | ast.List | ast.Set):
            inner = list(node.elts)
        elif isinstance(node, ast.Subscript):
            inner = [node.value]
        elif isinstance(node, ast.Call) and name_of(node.func) == "get":
            assert isinstance(node.func, ast.Attribute)
            inner = [node.func.value, *node.args[1:]]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            inner = self._returned(node.func.id)
        return set().union(*(self.of(part) for part in inner)) if inner else set()

    def _returned(self, function: str) -> list[ast.expr | None]:
        return [
            node.value
            for found in self.module.functions()
            if found.name == function
            for node in ast.walk(found)
            if isinstance(node, ast.Return)
        ]

    def _name(self, node: ast.Name) -> set[str]:
        found: set[str] = set()
        for function in self.module.around(node):
            found |= self._argument(function, node.id)
            found |= self._assigned(ast.walk(function), node.id)
        return found | self._assigned(self.module.tree.body, node.id)

    def _assigned(self, statements: Iterable[ast.AST], name: str) -> set[str]:
        found: set[str] = set()
        for item in statements:
            if isinstance(item, ast.Assign | ast.AnnAssign | ast.NamedExpr):
                targets = item.targets if isinstance(item, ast.Assign) else [item.target]
                if any(name_of(target) == name for target in targets):
                    found |= self.of(item.value)
        return found

    def _argument(self, function: Function, name: str) -> set[str]:
        """Return what callers in this module hand over as the argument ``name``."""
        names = [item.arg for item in function.args.posonlyargs + function.args.args]
        every = [*names, *(item.arg for item in function.args.kwonlyargs)]
        if name not in every:
            return set()
        found: set[str] = set()
        for call in ast.walk(self.module.tree):
            if not isinstance(call, ast.Call) or name_of(call.func) != function.name:
                continue
            shift = 1 if names[:1] in (["self"], ["cls"]) else 0
            if name in names and names.index(name) - shift < len(call.args):
                found |= self.of(call.args[names.index(name) - shift])
            for keyword in call.keywords:
                if keyword.arg == name:
                    found |= self.of(keyword.value)
        return found


def pattern_of(node: ast.JoinedStr) -> str:
    """Return a regular expression that matches what the f-string can become."""
    parts = []
    for piece in node.values:
        if isinstance(piece, ast.Constant):
            parts.append(re.escape(str(piece.value)))
        else:
            parts.append(".+")
    return "".join(parts)
