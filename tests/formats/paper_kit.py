"""What an invented office prints on its papers."""

from __future__ import annotations

from datetime import date

from judgeapp.domain.papers import Paper

CONTEST = "Hội thi Báo cáo viên giỏi các cơ quan tỉnh Sông Mây năm 2026"
PAPER = Paper(
    superior="Tỉnh ủy Sông Mây",
    giver="Đảng ủy các cơ quan tỉnh Sông Mây",
    place="Sông Mây",
    signed_on=date(2026, 12, 5),
    authority="T/M Ban Thường vụ",
    post="Phó Bí thư",
    signer="Hoàng Văn Thử",
    decision_number="118-QĐ/ĐU",
    decision_date=date(2026, 12, 4),
)
