"""The round on the page of the panel: who marks what, how it is judged, and their drawers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from judgeapp.domain.errors import JudgeError
from judgeapp.gui.pages.contest_words import part_name
from judgeapp.gui.pages.panel_design import DesignView
from judgeapp.gui.pages.panel_rules import CodesPanel, PartDrawer, RulesView
from judgeapp.gui.pages.panel_share import ShareDrawer
from judgeapp.gui.widgets.choice import Choice
from judgeapp.gui.widgets.toast import Toast

if TYPE_CHECKING:
    from judgeapp.domain.contest import Part
    from judgeapp.gui.page import Page
    from judgeapp.services.context import Outcome
    from judgeapp.services.panel_setup import PanelSetup


class SetupViews:
    """Both views of a round, and what they ask for.

    Attributes:
        design: who marks what.
        rules: how it is judged.
        rounds: which round; to be shown where there are several.
        found: the round as it is now, None before it was read.
        drawer: opened last from here.
    """

    def __init__(
        self, page: Page, panels: Callable[[], dict[str, int]], show: Callable[[], None]
    ) -> None:
        self._page = page
        self._panels, self._show_view = panels, show
        self.found: PanelSetup | None = None
        self.drawer: ShareDrawer | PartDrawer | None = None
        self.design = DesignView(page.texts)
        self.rules = RulesView(page.texts)
        self.design.share_asked.connect(self.open_share)
        self.rules.viewing_asked.connect(self.set_viewing)
        self.rules.part_asked.connect(self.open_part)
        self.rules.codes_asked.connect(self.open_codes)
        self._round: str | None = None
        self.rounds = Choice(accessible_name=page.texts("gui.panel.round"))
        self.rounds.activated.connect(lambda at: self.show_round(self.rounds.itemData(at)))
        self.rounds.hide()

    @property
    def _shown(self) -> str | None:
        """The round that is shown; the current one until somebody chooses another."""
        return self.found.held.id if self.found else self._round

    @property
    def has_rounds(self) -> bool:
        """Whether there is more than one round to choose from."""
        return self.found is not None and len(self.found.rounds) > 1

    def load(self) -> None:
        """Read how the round is judged."""
        app, round_id = self._page.session.app, self._round

        def read(_: object) -> PanelSetup:
            from judgeapp.services.panel_setup import panel_setup

            return panel_setup(app, round_id=round_id)

        self._page.session.run(read, self._show)

    def show_round(self, round_id: str) -> None:
        """Show another round."""
        self._round = round_id
        self._page.close_drawer()
        self.load()

    def _show(self, found: PanelSetup) -> None:
        if self.found is None or self.found.rounds != found.rounds:
            self.rounds.clear()
            for item in found.rounds:
                self.rounds.addItem(item.vi.partition(" (")[0], item.id)
        self.rounds.setCurrentIndex(self.rounds.findData(found.held.id))
        self.found = found
        self.design.show_setup(found)
        self.rules.show_setup(found)
        self._show_view()

    # Sharing out.

    def open_share(self) -> None:
        """Show the drawer in which entries are shared out."""
        if self.found is None:
            return
        drawer = ShareDrawer(self.found, self._page.texts)
        drawer.look_asked.connect(self._look)
        drawer.share_asked.connect(self._share)
        self.drawer = drawer
        name = self.found.held.vi.partition(" (")[0]
        self._page.open_drawer(drawer, self._page.texts("gui.panel.share"), second=name)
        drawer.refresh()

    def _look(self, per_entry: int, seed: int | None) -> None:
        drawer, app, round_id = self.drawer, self._page.session.app, self._shown

        def work(_: object) -> PanelSetup:
            from judgeapp.services.panel_setup import share_entries

            found = share_entries(app, round_id=round_id, per_entry=per_entry, seed=seed, look=True)
            return found.value

        def done(found: PanelSetup) -> None:
            if drawer is self.drawer and isinstance(drawer, ShareDrawer):
                drawer.show_look(found)

        def refused(error: JudgeError) -> None:
            if drawer is self.drawer and isinstance(drawer, ShareDrawer):
                drawer.refuse(self._page.texts.error(error))

        self._page.session.run(work, done, on_refused=refused)

    def _share(self, per_entry: int | None, seed: int | None) -> None:
        app, round_id = self._page.session.app, self._shown

        def work(_: object) -> Outcome[Any]:
            from judgeapp.services.panel_setup import share_entries

            return share_entries(app, round_id=round_id, per_entry=per_entry, seed=seed)

        key = "gui.panel.share.none" if per_entry is None else "gui.panel.share.done"
        self._run(work, self._page.texts(key, count=per_entry))

    def _run(self, work: Any, said: str) -> None:
        """Do what changes the round; the drawer closes, and it is said."""

        def done(_: object) -> None:
            self._page.close_drawer()
            Toast.show_in(self._page.window(), said)

        self._page.session.run(work, done)

    # Names or codes, the order, the codes themselves.

    def set_viewing(self, what: str, on: bool) -> None:
        """Store how judges see the round."""
        app, round_id = self._page.session.app, self._shown
        wanted = {"blind": on} if what == "blind" else {"own_order": on}

        def work(_: object) -> Outcome[Any]:
            from judgeapp.services.panel_setup import set_viewing

            return set_viewing(app, round_id=round_id, **wanted)

        def refused(error: JudgeError) -> None:
            self._page.session.show_error(error)
            self.load()

        self._page.session.run(work, None, on_refused=refused)

    def open_codes(self) -> None:
        """Show whose the codes are."""
        if self.found is not None:
            panel = CodesPanel(self.found, self._page.texts)
            self._page.open_drawer(panel, self._page.texts("gui.panel.codes"))

    # Who marks a part.

    def open_part(self, part: Part) -> None:
        """Show the drawer of a part."""
        if self.found is None:
            return
        drawer = PartDrawer(part, self.found, self._panels(), self._page.texts)
        drawer.save_asked.connect(self._set_part)
        self.drawer = drawer
        title = self._page.texts("gui.panel.part.title", part=part_name(part, self._page.texts))
        self._page.open_drawer(drawer, title, second=self.found.held.vi.partition(" (")[0])

    def _set_part(self, panels: dict[str, str], reason: str) -> None:
        drawer, app, round_id = self.drawer, self._page.session.app, self._shown
        if not isinstance(drawer, PartDrawer):
            return
        texts, part = self._page.texts, drawer.part

        def work(_: object) -> Outcome[Any]:
            from judgeapp.services.panel_setup import set_part_panels

            return set_part_panels(
                app, round_id=round_id, part=part.id, panels=panels, reason=reason
            )

        def done(outcome: Outcome[Any]) -> None:
            self._page.close_drawer()
            said = texts("panel.part_set", part=part_name(part, texts), version=outcome.value)
            Toast.show_in(self._page.window(), said)

        def refused(error: JudgeError) -> None:
            drawer.refuse(error.code, error.place or "", texts.error(error))

        self._page.session.run(work, done, on_refused=refused)
