"""The page of the contest: rules in words, numbers changed as a new version."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from judgeapp.gui.pages.contest import ContestPage
from judgeapp.services.contest import summary
from judgeapp.services.context import Context
from tests.gui.results_kit import opened, settle, words


def test_rounds_and_rules_are_said_in_words(
    contest: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened(ContestPage, contest, qtbot, qapp) as page:
        qtbot.waitUntil(lambda: "Chung kết 3 phần" in words(page))
        said = words(page)
        for wanted in (
            "Hội thi thử · thể lệ phiên bản 1", "7 phút – 10 phút", "12 trang",
            "Soạn đề cương: nộp muộn, mỗi ngày trừ 0,5", "10 người điểm cao nhất",
            "3. số lần được giám khảo cho điểm cao hơn", "Giải Nhì: 2",
        ):  # fmt: skip
            assert wanted in said


def test_a_number_is_changed_with_a_reason(
    contest: Context, qtbot: QtBot, qapp: QApplication
) -> None:
    with opened(ContestPage, contest, qtbot, qapp) as page:
        round_id = summary(contest).definition.rounds[0].id
        page.edit_buttons[round_id].click()
        form = page.form
        assert form is not None
        assert not form.save_button.isEnabled()
        form.fields["cut"].text = "mười"
        form.reason.text = "Ban tổ chức họp"
        form.save_button.click()
        assert form.fields["cut"].refused
        form.fields["cut"].text = "12"
        form.save_button.click()
        settle(page, qtbot)
        assert not page.drawer_is_open
        qtbot.waitUntil(lambda: "12 người điểm cao nhất" in words(page))
        assert summary(contest).version == 2
