"""The body map: every region can be hit, named, reached and chosen, and the sides are the person's own."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QCheckBox

from companion.domain.body import Region, Side, View, is_intimate, is_region
from companion.ui.widgets.body_canvas import _middle
from companion.ui.widgets.body_map import BodyMap
from companion.ui.widgets.body_shapes import figures
from companion.ui.widgets.drawing import path
from companion.ui.widgets.handprint import HandDrawing, Handprint
from companion.wording import phrasebook, use_language
from tests.support.looks import clipped_labels, unnamed_controls

PRIVATE = {Region.BREASTS, Region.GROIN, Region.GENITALS, Region.BUTTOCKS}


@pytest.fixture
def body(qtbot):
    made = BodyMap()
    qtbot.addWidget(made)
    made.resize(680, 680)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def spot_of(body, region, view):
    """The point of the canvas on which ``region`` is drawn in ``view``."""
    origin, scale = body.canvas._place(view)
    return origin + _middle(region, view) * scale


def test_the_shapes_are_those_the_domain_names():
    for view, figure in figures().items():
        assert set(figure.regions) == {region for region in Region if view in region.views}, view


def test_every_region_is_seen_somewhere_and_its_size_is_real():
    for region in Region:
        assert region.views
        for view in region.views:
            bounds = figures()[view].regions[region].boundingRect()
            assert bounds.width() > 5, region
            assert bounds.height() > 9, region


def test_regions_lie_inside_the_body():
    for figure in figures().values():
        bounds = figure.outline.boundingRect().adjusted(-2, -2, 2, 2)
        for region, shape in figure.regions.items():
            assert bounds.contains(shape.boundingRect()), region


@pytest.mark.parametrize("view", [View.FRONT, View.BACK])
def test_left_is_the_persons_own_left(view):
    middle = figures()[view].size.width() / 2
    for region, shape in figures()[view].regions.items():
        if region.side is None:
            continue
        right_of_viewer = shape.boundingRect().center().x() > middle
        own_left = region.side is Side.LEFT
        assert right_of_viewer == (own_left if view is View.FRONT else not own_left), region


def test_the_sides_of_a_pair_mirror_each_other():
    for region in Region:
        other = region.other_side
        assert (other is None) == (region.side is None)
        if other is not None:
            assert other.part == region.part
            assert other.side != region.side
            assert other.other_side is region


def test_only_these_are_private():
    assert {region for region in Region if region.intimate} == PRIVATE
    assert is_intimate("groin")
    assert not is_intimate("hand_left")
    assert is_region("hand_left")
    assert not is_region("hand")
    with pytest.raises(ValueError, match="tail"):
        is_intimate("tail")


@pytest.mark.parametrize("language", ["en", "it"])
def test_every_region_has_a_name_of_its_own(language):
    book = phrasebook(language)
    names = [book.say(f"body.{region.value}") for region in Region]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("region", list(Region))
def test_every_region_is_chosen_by_a_click_where_it_is_drawn(body, qtbot, region):
    body.private.setChecked(True)
    for view in region.views:
        body.select(())
        with qtbot.waitSignal(body.toggled) as told:
            qtbot.mouseClick(body.canvas, Qt.MouseButton.LeftButton, pos=spot_of(body, region, view).toPoint())
        assert told.args == [region.value, True]
        assert body.selected() == {region}


def test_a_second_click_lets_go(body, qtbot):
    body.select({Region.KNEE_LEFT})
    with qtbot.waitSignal(body.toggled) as told:
        qtbot.mouseClick(
            body.canvas, Qt.MouseButton.LeftButton, pos=spot_of(body, Region.KNEE_LEFT, View.FRONT).toPoint()
        )
    assert told.args == ["knee_left", False]
    assert body.selected() == set()


def test_a_click_beside_the_body_chooses_nothing(body, qtbot):
    with qtbot.assertNotEmitted(body.toggled):
        qtbot.mouseClick(body.canvas, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
        qtbot.mouseClick(
            body.canvas, Qt.MouseButton.RightButton, pos=spot_of(body, Region.KNEE_LEFT, View.FRONT).toPoint()
        )


def test_private_areas_are_hidden_until_asked_for(body, qtbot):
    point = spot_of(body, Region.BUTTOCKS, View.BACK)
    assert body.canvas.region_at(point) is None
    for region in PRIVATE:
        assert body.canvas.spot(region).isHidden()
        assert region not in {body.canvas.region_at(spot_of(body, region, view)) for view in region.views}
    body.private.setChecked(True)
    assert body.canvas.region_at(point) is Region.BUTTOCKS
    body.select({Region.GROIN, Region.FACE})
    body.private.setChecked(False)
    assert body.selected() == {Region.GROIN, Region.FACE}, "hiding changes nothing that was chosen"


def test_what_is_private_is_not_painted_while_hidden(body):
    before = body.canvas.grab().toImage()
    body.select({Region.GENITALS})
    assert body.canvas.grab().toImage() == before
    body.private.setChecked(True)
    body.select({Region.GENITALS})
    assert body.canvas.grab().toImage() != before


def test_tab_stops_once_and_the_arrows_reach_every_region(body, qtbot):
    body.private.setChecked(True)
    stops = [spot for spot in body.canvas.findChildren(QCheckBox) if spot.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(stops) == 1
    seen, waiting = set(), [body.canvas.spot(Region.FACE)]
    while waiting:
        spot = waiting.pop()
        if spot.region in seen:
            continue
        seen.add(spot.region)
        for step in (QPointF(0, 1), QPointF(0, -1), QPointF(1, 0), QPointF(-1, 0)):
            spot.setFocus()
            body.canvas.go(spot, step)
            waiting.append(body.focusWidget() or spot)
    assert seen == set(Region)


def test_space_chooses_and_the_stop_of_tab_follows(body, qtbot):
    face = body.canvas.spot(Region.FACE)
    face.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(face, Qt.Key.Key_Down)
    here = body.focusWidget()
    assert here.region is Region.NECK
    with qtbot.waitSignal(body.toggled) as told:
        qtbot.keyClick(here, Qt.Key.Key_Space)
    assert told.args == ["neck", True]
    assert here.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert not face.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_screen_reader_meets_named_check_boxes(body):
    body.select({Region.HAND_LEFT})
    interface = QAccessible.queryAccessibleInterface(body.canvas.spot(Region.HAND_LEFT))
    assert interface.role() == QAccessible.Role.CheckBox
    assert interface.text(QAccessible.Text.Name) == "Left hand"
    assert interface.state().checked
    assert unnamed_controls(body) == []


def test_setting_the_choice_is_silent(body, qtbot):
    with qtbot.assertNotEmitted(body.toggled):
        body.select({Region.FACE, Region.FOOT_RIGHT})
    assert body.selected() == {Region.FACE, Region.FOOT_RIGHT}


def test_chosen_is_shown_by_more_than_colour(body):
    plain = body.canvas.grab().toImage()
    body.select({Region.CHEST})
    chosen = body.canvas.grab().toImage()
    at = spot_of(body, Region.CHEST, View.FRONT).toPoint()
    badge = [chosen.pixelColor(at.x() + dx, at.y() + dy) for dx in range(-4, 5) for dy in range(-4, 5)]
    assert len({colour.name() for colour in badge}) > 2, "a check mark lies on the tint"
    assert plain != chosen


@pytest.mark.parametrize("language", ["en", "it"])
def test_the_map_fits_its_words(qtbot, qapp, language):
    use_language(language)
    made = BodyMap([Region.FACE])
    qtbot.addWidget(made)
    made.resize(made.minimumSizeHint())
    made.show()
    qapp.processEvents()
    assert clipped_labels(made) == []


def test_the_measuring_hand_describes_itself(qtbot):
    hand = Handprint()
    qtbot.addWidget(hand)
    drawing = hand.findChild(HandDrawing)
    assert "five fingers" in QAccessible.queryAccessibleInterface(drawing).text(QAccessible.Text.Name)
    assert not drawing.grab().isNull()


def test_a_path_is_read_and_rubbish_is_refused():
    made = path("M0 0L10 0Q12 5 10 10C8 12 2 12 0 10Z")
    assert made.contains(QPointF(5, 5))
    with pytest.raises(ValueError, match="not a path"):
        path("10 10")
