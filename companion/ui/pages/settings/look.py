"""Settings of the program on this computer: language, look, text size, motion, how times are written."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from companion.desktop.preferences import TEXT_SCALES, Preferences
from companion.ui import labels
from companion.ui.context import Context
from companion.ui.pages.settings.section import Section
from companion.ui.widgets.fields import Choice, Field
from companion.ui.widgets.flow import FlowLayout
from companion.ui.widgets.switches import SegmentedControl, Switch
from companion.wording import language, say

LANGUAGES = (("en", "English"), ("it", "Italiano"))


class LookSection(Section):
    """What concerns this computer and not the record. Everything acts at once."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, say("settings.look"))
        preferences = context.preferences
        self.tongue = self._tongue()
        self.tongue.choose(language())
        self.tongue.changed.connect(self._on_language)
        self.theme = self._choice(
            "settings.theme",
            [(each, say(f"settings.theme.{each}")) for each in ("system", "light", "dark", "high_contrast")],
        )
        self.theme.choose(preferences.theme)
        self.theme.chosen_key.connect(self._on_theme)
        self.text_size = self._choice(
            "settings.text_size",
            [(str(scale), say("settings.percent", percent=round(scale * 100))) for scale in TEXT_SCALES],
        )
        self.text_size.choose(str(_nearest(preferences)))
        self.text_size.chosen_key.connect(self._on_size)
        self.hours = self._choice(
            "settings.hours", [(each, say(f"settings.hours.{each}")) for each in ("system", "24", "12")]
        )
        self.hours.choose(preferences.hours)
        self.hours.chosen_key.connect(self._on_hours)
        self.motion = Switch(say("settings.reduced_motion"))
        self.motion.setChecked(preferences.reduced_motion)
        self.motion.toggled.connect(self._on_motion)
        self.add(self.motion)

    def _tongue(self) -> SegmentedControl:
        name = say("settings.language")
        self.add(labels.strong(name))
        control = SegmentedControl(LANGUAGES, name)
        box = QWidget()
        FlowLayout(box).addWidget(control)
        self.add(box)
        return control

    def _choice(self, key: str, choices: list[tuple[str, str]]) -> Choice:
        """Return a list that opens: side by side these would break into rows in most windows."""
        name = say(key)
        control = Choice(choices, name, acts=True)
        field = Field(name, control)
        layout = field.layout()
        if layout is not None:
            layout.setAlignment(control, Qt.AlignmentFlag.AlignLeft)
        self.add(field)
        return control

    @Slot(str)
    def _on_language(self, code: str) -> None:
        self.context.preferences.language = code

    @Slot(str)
    def _on_theme(self, name: str) -> None:
        self.context.preferences.theme = name

    @Slot(str)
    def _on_size(self, scale: str) -> None:
        self.context.preferences.text_scale = float(scale)

    @Slot(str)
    def _on_hours(self, hours: str) -> None:
        self.context.preferences.hours = hours

    @Slot(bool)
    def _on_motion(self, reduced: bool) -> None:
        self.context.preferences.reduced_motion = reduced


def _nearest(preferences: Preferences) -> float:
    return min(TEXT_SCALES, key=lambda scale: abs(scale - preferences.text_scale))
