"""Expecting a refusal, by its code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from judgeapp.domain.errors import JudgeError
from judgeapp.system.texts import load_texts


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[JudgeError]]:
    """Expect a `JudgeError` of exactly this code, with a sentence in both languages."""
    with pytest.raises(JudgeError) as caught:
        yield caught
    assert caught.value.code == code
    for language in ("vi", "en"):
        assert not load_texts(language).error(caught.value).startswith("error.")
