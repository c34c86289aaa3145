"""The sheet of an own estimate: how many handprints of a place have no colour, and where the leaflet's line is."""

from __future__ import annotations

from decimal import Decimal

from companion.domain.care import CareKind, Estimate, Fact
from companion.ui import labels
from companion.ui.pages import symptom_words
from companion.ui.pages.journal import desk
from companion.ui.pages.journal.care_sheet import CareSheet
from companion.ui.pages.today import words as today_words
from companion.ui.widgets.chips import ChipGroup
from companion.ui.widgets.handprint import Handprint
from companion.ui.widgets.message import InlineMessage
from companion.ui.widgets.stepper import HANDPRINTS, Stepper
from companion.wording import numbers, say

STEPS = (0, *HANDPRINTS, 60, 70, 80, 90, 100)


def in_words(amount: float) -> str:
    """Return a size in handprints; none has words of its own."""
    return numbers.handprints(amount) if amount else say("journal.estimate.nothing")


class EstimateSheet(CareSheet):
    """One place, its size in handprints, and what all treated places are together."""

    kind = CareKind.ESTIMATE

    def build(self) -> None:
        """Ask for the place and the size; say what it comes to."""
        what = self.entry.what if self.entry is not None else None
        known = what if isinstance(what, Estimate) else None
        every = self.context.care.places(include_archived=True)
        kept = [each for each in every if not each.archived or (known is not None and each.id == known.place_id)]
        names = symptom_words.place_names(kept)
        self._treated = frozenset(each.id for each in kept if each.treated and not each.archived)
        self._areas = desk.entries(self.context).areas()
        self._sizes = dict(self._areas.by_place)
        self.add(Handprint())
        self.place = ChipGroup([(str(number), name) for number, name in names.items()], say("journal.estimate.place"))
        if known is not None:
            self.place.choose((str(known.place_id),))
        elif len(names) == 1:
            self.place.choose(map(str, names))
        self.place.changed.connect(self._on_place)
        self._place_field = self.put(
            "place", say("journal.estimate.place"), self.place, errors=("unknown_place", "one_place")
        )
        self.amount = Stepper(float(known.handprints) if known is not None else 1, self._size_name(), in_words, STEPS)
        self.amount.changed.connect(self._on_size)
        self.put("size", self._size_name(), self.amount, errors=("estimate_range", "estimates_over_body"))
        self._together = labels.small("", "soft")
        self.add(self._together)
        self._above = InlineMessage("", "attention")
        self._above.hide()
        self.add(self._above)
        self.add(self.day_field)
        self._show_together()

    @staticmethod
    def _size_name() -> str:
        return say("journal.estimate.size")

    def together(self) -> Decimal:
        """Return the size of all treated places, with what is entered now for this one."""
        chosen = self.place.chosen()
        sizes = dict(self._sizes)
        if chosen:
            sizes[int(chosen[0])] = Decimal(str(self.amount.value()))
        return sum((size for number, size in sizes.items() if number in self._treated), Decimal(0))

    def _on_place(self, chosen: tuple[str, ...]) -> None:
        self._place_field.set_error("")
        last = self._sizes.get(int(chosen[0])) if chosen and self.entry is None else None
        if last is not None:
            self.amount.set_value(float(last))
        self._show_together()

    def _on_size(self, _amount: float) -> None:
        self._show_together()

    def _show_together(self) -> None:
        total = self.together()
        said = [say("journal.estimate.together", amount=numbers.handprints(total)) if total else ""]
        cap = self._areas.cap
        leaflet = self.context.applications.leaflet()
        source = today_words.source_line(leaflet, "handprints_cap") if leaflet is not None else ""
        if cap is not None:
            said.append(say("journal.estimate.line_at", count=cap, source=source))
        said.append(say("journal.estimate.rough"))
        self._together.setText(" ".join(filter(None, said)))
        over = cap is not None and total > cap
        if over:
            self._above.show_message(
                say("journal.estimate.over", amount=numbers.handprints(total), count=cap), "attention"
            )
        self._above.setVisible(over)
        self.restyle()

    def fact(self) -> Fact:
        """Return the estimate."""
        chosen = self.place.chosen()
        if not chosen:
            raise self.wrong(self._place_field, say("journal.estimate.choose_place"))
        return Estimate(int(chosen[0]), Decimal(str(self.amount.value())))

    def places(self) -> tuple[int, ...]:
        """Return nothing: the place is in the estimate itself."""
        return ()
