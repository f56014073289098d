"""Set-up is whole: locks agree with the project, the README with the tree, one list of checks."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from build_spec import bootstrap
from tests.arch.source import ROOT, imported, modules, none_of

LOCKED = ROOT / "build_spec" / "locked"
LOCKS = ("app", "test", "bench")


@cache
def project() -> dict[str, list[str]]:
    """Return what each lock is made for: the needs of the app, its build and its extras."""
    toml = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = toml["project"]["optional-dependencies"]
    app = toml["project"]["dependencies"] + toml["build-system"]["requires"]
    app += extras["postgresql"]
    return {
        "app": app,
        "test": [*app, *extras["test"]],
        "bench": [*app, *extras["test"], *extras["bench"]],
    }


@cache
def locked(name: str) -> dict[str, str]:
    """Return the versions of a lock by package."""
    lines = (LOCKED / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line.rstrip("\\ ")) for line in lines if line and not line[0].isspace()]
    return {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in pins}


@pytest.mark.parametrize("name", LOCKS)
def test_each_need_is_locked_at_a_version_that_meets_it(name: str) -> None:
    environment = {key: str(value) for key, value in default_environment().items()}
    unmet = []
    for line in project()[name]:
        need = Requirement(line)
        version = locked(name).get(canonicalize_name(need.name))
        applies = need.marker is None or need.marker.evaluate(environment)
        if applies and (version is None or version not in need.specifier):
            unmet.append(f"{line}: locked {version}; run python -m build_spec.lock")
    none_of(unmet)


@pytest.mark.parametrize("name", LOCKS)
def test_each_package_has_hashes_and_no_address(name: str) -> None:
    text = (LOCKED / f"{name}.txt").read_text(encoding="utf-8")
    starts = re.split(r"\n(?=\S)", text.strip())
    none_of(entry.splitlines()[0] for entry in starts if "--hash=sha256:" not in entry)
    assert not re.search(r"://|--index|--find-links|--trusted", text)


def test_locks_agree_with_one_another() -> None:
    none_of(
        f"{package}: {version} and {locked(name)[package]}"
        for name in ("test", "bench")
        for package, version in locked("app").items()
        if locked(name)[package] != version
    )


@pytest.mark.parametrize("tree", ["judgeapp", "tests"])
def test_each_package_that_is_imported_is_declared(tree: str) -> None:
    """One that merely happens to be here is missing at the next user's."""
    needs = project()["app" if tree == "judgeapp" else "bench"]
    declared = {canonicalize_name(Requirement(line).name) for line in needs}
    brings = packages_distributions()
    none_of(
        f"{module.name}: {package}"
        for module in modules(tree)
        for package in {name.partition(".")[0] for name in imported(module)}
        if package not in sys.stdlib_module_names
        and package not in {"judgeapp", "tests", "build_spec"}
        and not declared & {canonicalize_name(name) for name in brings.get(package, [package])}
    )


# --- the bootstrap --------------------------------------------------------------------------------


def test_bootstrap_needs_nothing_but_python() -> None:
    tree = ast.parse((ROOT / "build_spec" / "bootstrap.py").read_text(encoding="utf-8"))
    needed = {
        name
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert not {name for name in needed if name not in sys.stdlib_module_names}


def test_an_old_python_can_read_it_and_is_told() -> None:
    source = (ROOT / "build_spec" / "bootstrap.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 8))


def test_each_text_is_in_both_languages_with_the_same_parameters() -> None:
    for vietnamese, english in bootstrap.TEXTS.values():
        assert set(re.findall(r"\{\w+", vietnamese)) == set(re.findall(r"\{\w+", english))


def test_ci_runs_the_test_command_of_the_readme_and_nothing_else() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    command = "python3 build_spec/bootstrap.py test"
    assert script == ["#!/bin/bash", f"exec {command}"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert command in readme
    assert "python3 build_spec/bootstrap.py demo" in readme


# --- the README -----------------------------------------------------------------------------------


def test_each_path_in_the_readme_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:[\w.-]+/)+[\w.-]*)`", readme))
    linked = set(re.findall(r"\]\(([^)#:]+)\)", readme))
    assert len(named) > 20
    places = (ROOT, ROOT / "judgeapp")
    none_of(path for path in named | linked if not any((place / path).exists() for place in places))
