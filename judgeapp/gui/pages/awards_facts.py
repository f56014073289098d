"""What the office says about its papers, as a form in the drawer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.papers import PaperKind, Papers, papers_body
from judgeapp.gui.widgets.button import Button
from judgeapp.gui.widgets.form import Form
from judgeapp.system.progress import Progress

if TYPE_CHECKING:
    from judgeapp.gui.page import Page

TITLE = "contest_title"
_FIELDS = ("superior", "giver", "place", "signed_on", "authority", "post", "signer", "honorific")
_DECISION = ("decision_number", "decision_date")


class FactsPanel(Form[str]):
    """One field for each fact; a refused one says why and nothing is stored."""

    def __init__(self, page: Page, papers: Papers, kind: PaperKind) -> None:
        texts = page.texts
        super().__init__(Button(texts("gui.awards.facts.save"), kind="primary", icon="check"))
        self._page, self._papers, self._kind = page, papers, kind
        self.add_words(texts("gui.awards.facts.what"), "small", "second")
        paper = papers.paper(kind)
        for name in (TITLE, *_FIELDS, *(_DECISION if kind == "commendation" else ())):
            value = papers.contest_title if name == TITLE else getattr(paper, name)
            self.add_field(name, texts(f"gui.awards.fact.{name}"), _written(value))
        self.asked.connect(self.store)

    def store(self) -> None:
        """Store what stands in the fields."""
        app, body = self._page.session.app, self._body()
        self.accept_all()

        def work(progress: Progress) -> object:
            from judgeapp.services.papers import set_papers

            return set_papers(app, body=body)

        self._page.session.run(work, lambda _: self._page.close_drawer(), on_refused=self._refused)

    def _refused(self, error: JudgeError) -> None:
        name = (error.place or "").rpartition(".")[2]
        field = self.fields.get(name)
        if field is None:
            self._page.session.show_error(error)
            return
        key = "bad_date" if error.code == "awards.paper_not_a_date" else "too_long"
        field.refuse(self._page.texts(f"gui.awards.facts.{key}", typed=field.text.strip()))
        field.edit.setFocus()

    def _body(self) -> dict[str, object]:
        """Return all facts: what holds for both papers once, a paper's own facts with it."""
        body = papers_body(self._papers)
        own = dict(body.get(self._kind, {}))  # type: ignore[call-overload]  # a group of texts
        for name, field in self.fields.items():
            if not self.is_changed(name):
                continue
            typed = field.text
            if name == TITLE:
                _put(body, name, typed)
            elif name in own or name in _DECISION:
                _put(own, name, typed)
            else:
                _put(body, name, typed)
        _put(body, self._kind, own)
        return body


def _put(body: dict[str, object], name: str, value: object) -> None:
    if value:
        body[name] = value
    else:
        body.pop(name, None)


def _written(value: object) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value).replace("\n", " ")
