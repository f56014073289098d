"""The rooms keep to their rules, as far as import-linter and ruff do not see them."""

from __future__ import annotations

import ast
import sys

import pytest

from tests.arch.source import Function, imported, modules, name_of, none_of

MODULE_LINES = 400
FUNCTION_LINES = 60

# Public service functions that no call of the command line needs, each with the reason.
WITHOUT_A_CALL: dict[str, str] = {
    "keep_daily_copy": "done by itself, at the first opening of a day",
    "list_people": "`people list` says more, by people_overview",
}


def test_the_source_is_found() -> None:
    assert len(modules()) > 50


def test_domain_needs_nothing_but_the_standard_library() -> None:
    foreign = {
        (module.name, name)
        for module in modules()
        if module.room == "domain"
        for name in imported(module)
        if name.partition(".")[0] not in sys.stdlib_module_names
        and not name.startswith("judgeapp.domain")
    }
    none_of(foreign)


def test_domain_touches_no_file_clock_chance_or_log() -> None:
    outside = {
        "os",
        "io",
        "pathlib",
        "time",
        "random",
        "secrets",
        "logging",
        "subprocess",
        "socket",
    }
    touched = {
        (module.name, name)
        for module in modules()
        if module.room == "domain"
        for name in imported(module)
        if name.partition(".")[0] in outside
    }
    none_of(touched)


def test_modules_do_one_job_each() -> None:
    long = {
        module.name: len(module.text.splitlines())
        for module in modules()
        if len(module.text.splitlines()) > MODULE_LINES
    }
    none_of(long.items())


def test_functions_can_be_read_at_once() -> None:
    long = {
        f"{module.name}.{function.name}": lines
        for module in modules()
        for function in module.functions()
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LINES
    }
    none_of(long.items())


@pytest.mark.parametrize(
    "word", ["utils", "util", "common", "misc", "manager", "helpers", "shared"]
)
def test_no_room_without_a_door_sign(word: str) -> None:
    named_so = [module.name for module in modules() if word in module.name.split("/")]
    none_of(named_so)


def services() -> dict[str, str]:
    """Return the public service functions that take the open contest, each with its module."""
    return {
        function.name: module.name
        for module in modules()
        if module.room == "services" and module.name != "services/context"
        for function in module.tree.body
        if isinstance(function, Function)
        and not function.name.startswith("_")
        and function.args.args
        and function.args.args[0].annotation is not None
        and name_of(function.args.args[0].annotation) == "Context"
    }


def used_by_the_command_line() -> set[str]:
    return {
        name_of(node)
        for module in modules()
        if module.room == "cli"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Name | ast.Attribute)
    }


def test_each_service_can_be_had_from_the_command_line() -> None:
    """A service that only other services use is a helper: it starts with _ or takes the unit."""
    reachable = used_by_the_command_line()
    unreachable = {
        name: module
        for name, module in services().items()
        if name not in reachable and name not in WITHOUT_A_CALL
    }
    none_of(unreachable.items())


def test_the_list_of_exceptions_is_not_older_than_the_code() -> None:
    assert set(WITHOUT_A_CALL) <= set(services())
    assert not set(WITHOUT_A_CALL) & used_by_the_command_line()
