"""YAML (or JSON) files that people write: capped, plain data only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from judgeapp.domain.errors import BadInput
from judgeapp.system.files import open_plain

MAX_BYTES = 1 << 20


def read_yaml(file: Path) -> dict[str, Any]:
    """Return the mapping in a YAML file: texts, numbers, lists, mappings, nothing else.

    Raises:
        BadInput: ``yaml.missing``, ``yaml.too_large``, ``yaml.unreadable``, ``yaml.alias`` or
            ``yaml.not_yaml`` with the line.
    """
    import yaml

    try:
        if file.stat().st_size > MAX_BYTES:
            raise BadInput("yaml.too_large", file=file.name)
        with open_plain(file) as opened:
            text = opened.read().decode("utf-8-sig")
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.SafeLoader)):
            raise BadInput("yaml.alias", file=file.name)  # aliases can unfold without end
        body = yaml.safe_load(text)
    except FileNotFoundError as error:
        raise BadInput("yaml.missing", file=str(file)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("yaml.unreadable", file=file.name) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = str(mark.line + 1) if mark else "1"
        raise BadInput("yaml.not_yaml", file=file.name, place=place) from error
    if not isinstance(body, dict):
        raise BadInput("yaml.not_yaml", file=file.name, place="1")
    return body
