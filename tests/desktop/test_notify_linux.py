"""Notifications on Linux, against a bus that is played: what is sent, what comes back, and what goes wrong."""

import pytest
from jeepney import DBusAddress, HeaderFields, MessageType, new_error, new_method_return, new_signal
from PySide6.QtCore import QObject, Signal

from companion.desktop.notifier import OPEN, Channel, ChannelState, Notice
from companion.desktop.notify_linux import NAME, PATH, LinuxNotifier

SERVER = DBusAddress(PATH, bus_name=NAME, interface=NAME)
DRIVER = DBusAddress("/org/freedesktop/DBus", bus_name="org.freedesktop.DBus", interface="org.freedesktop.DBus")
CAN = ["body", "body-markup", "actions"]


class PlayedBus(QObject):
    """A bus with a notification server that answers when it is told to."""

    replied = Signal(int, object)
    heard = Signal(object)
    lost = Signal()

    def __init__(self):
        super().__init__()
        self.there = True
        self.connected = False
        self.sent = []
        self.listening = []

    def is_open(self):
        return self.connected

    def open(self):
        self.connected = self.there
        return self.there

    def call(self, message):
        if not self.connected:
            return 0
        self.sent.append(message)
        message.header.serial = len(self.sent)
        return len(self.sent)

    def listen(self, **conditions):
        self.listening.append(conditions)

    def close(self):
        self.connected = False

    # The server's side

    def calls(self, member):
        return [each for each in self.sent if each.header.fields[HeaderFields.member] == member]

    def answer(self, member, *body, signature=None):
        """Answer the last call of ``member``; without a body, with an error."""
        call = self.calls(member)[-1]
        call.header.fields.setdefault(HeaderFields.sender, ":1.1")
        if body:
            reply = new_method_return(call, signature, body)
        else:
            reply = new_error(call, "org.freedesktop.DBus.Error.ServiceUnknown")
        self.replied.emit(call.header.serial, reply)

    def greet(self, name="dunst", can=CAN):
        self.answer("GetServerInformation", name, "v", "1", "1.2", signature="ssss")
        self.answer("GetCapabilities", can, signature="as")

    def take(self, number):
        self.answer("Notify", number, signature="u")

    def invoke(self, number, action):
        self.heard.emit(new_signal(SERVER, "ActionInvoked", "us", (number, action)))

    def closes(self, number):
        self.heard.emit(new_signal(SERVER, "NotificationClosed", "uu", (number, 1)))

    def owner(self, before, now):
        self.heard.emit(new_signal(DRIVER, "NameOwnerChanged", "sss", (NAME, before, now)))


class Heard:
    """What the notifier told."""

    def __init__(self, notifier):
        self.words = []
        notifier.taken.connect(self.on_taken)
        notifier.refused.connect(self.on_refused)
        notifier.acted.connect(self.on_acted)
        notifier.closed.connect(self.on_closed)

    def on_taken(self, key):
        self.words.append(("taken", key))

    def on_refused(self, key):
        self.words.append(("refused", key))

    def on_acted(self, key, action):
        self.words.append(("acted", key, action))

    def on_closed(self, key):
        self.words.append(("closed", key))


BUTTONS = (("applied", "I applied it"), ("later", "Later"))
NOTICE = Notice("slot", "It's time", "2 < 3 & more", BUTTONS, open_label="Open")


@pytest.fixture
def bus(qapp):
    return PlayedBus()


@pytest.fixture
def notifier(bus):
    made = LinuxNotifier(bus)
    yield made
    made.close()


@pytest.fixture
def heard(notifier):
    return Heard(notifier)


def body_of(bus, which=-1):
    names = ("app", "replaces", "icon", "title", "body", "actions", "hints", "expires")
    return dict(zip(names, bus.calls("Notify")[which].body, strict=True))


def test_nothing_is_asked_before_it_is_opened(bus, notifier):
    assert bus.sent == []
    assert notifier.channel() == Channel(ChannelState.UNKNOWN)


def test_the_server_is_asked_who_it_is_and_what_it_can(bus, notifier):
    notifier.open()
    bus.greet()
    bus.answer("Get", ("b", False), signature="v")
    assert notifier.channel() == Channel(ChannelState.WORKS, "dunst", False, True)
    assert bus.calls("Get")[-1].body == ("org.dunstproject.cmd0", "paused")


def test_a_notice_is_sent_with_its_buttons_and_without_markup(bus, notifier, heard):
    notifier.open()
    bus.greet()
    assert notifier.show(NOTICE)
    sent = body_of(bus)
    assert sent["title"] == "It's time"
    assert sent["body"] == "2 &lt; 3 &amp; more"
    assert sent["actions"] == ["default", "Open", "applied", "I applied it", "later", "Later"]
    assert (sent["replaces"], sent["expires"]) == (0, -1)
    assert sent["hints"]["suppress-sound"] == ("b", True)
    bus.take(7)
    assert heard.words == [("taken", "slot")]
    # What was built is a message the bus would take.
    assert bus.calls("Notify")[-1].serialise(serial=1)


@pytest.mark.parametrize(("can", "body", "buttons"), [(["body"], "2 < 3 & more", 0), (CAN, "2 &lt; 3 &amp; more", 6)])
def test_a_server_gets_what_it_can_show(bus, notifier, can, body, buttons):
    notifier.open()
    bus.greet("plain", can)
    notifier.show(NOTICE)
    assert body_of(bus)["body"] == body
    assert len(body_of(bus)["actions"]) == buttons


def test_an_urgent_one_stays_and_a_sound_is_by_choice(bus, notifier):
    notifier.open()
    bus.greet()
    notifier.show(Notice("slot", "It's time", "", urgent=True, sound=True))
    assert body_of(bus)["expires"] == 0
    assert body_of(bus)["hints"]["suppress-sound"] == ("b", False)
    assert "sound-name" in body_of(bus)["hints"]


def test_buttons_and_the_click_come_back_with_the_key(bus, notifier, heard):
    notifier.open()
    bus.greet()
    notifier.show(NOTICE)
    bus.take(7)
    heard.words.clear()
    bus.invoke(7, "applied")
    bus.invoke(7, "default")
    bus.invoke(8, "applied")  # somebody else's
    bus.closes(7)
    bus.invoke(7, "later")  # from the server's history
    assert heard.words == [
        ("acted", "slot", "applied"),
        ("acted", "slot", OPEN),
        ("closed", "slot"),
        ("acted", "slot", "later"),
    ]


def test_a_second_notice_with_the_key_replaces_the_first(bus, notifier):
    notifier.open()
    bus.greet()
    notifier.show(NOTICE)
    bus.take(7)
    notifier.show(NOTICE)
    assert body_of(bus)["replaces"] == 7
    bus.take(7)
    notifier.withdraw("slot")
    assert [each.body for each in bus.calls("CloseNotification")] == [(7,)]
    notifier.withdraw("slot")
    assert len(bus.calls("CloseNotification")) == 1


def test_one_withdrawn_before_it_has_a_number_is_closed_when_it_has(bus, notifier, heard):
    notifier.open()
    bus.greet()
    notifier.show(NOTICE)
    notifier.withdraw("slot")
    bus.take(9)
    assert [each.body for each in bus.calls("CloseNotification")] == [(9,)]
    assert heard.words == []


def test_no_bus(bus, notifier, heard):
    bus.there = False
    notifier.open()
    assert notifier.channel().state is ChannelState.NO_BUS
    assert not notifier.show(NOTICE)
    assert heard.words == []
    bus.there = True
    notifier.refresh()
    bus.greet()
    assert notifier.channel().state is ChannelState.WORKS


def test_a_bus_without_a_server_and_a_server_that_comes_later(bus, notifier):
    notifier.open()
    bus.answer("GetServerInformation")
    bus.answer("GetCapabilities")
    assert notifier.channel().state is ChannelState.NO_SERVER
    assert not notifier.show(NOTICE)
    bus.owner("", ":1.5")
    bus.greet("late", CAN)
    assert notifier.channel() == Channel(ChannelState.WORKS, "late", None, True)
    assert notifier.show(NOTICE)


def test_a_server_that_goes_takes_its_notices_along(bus, notifier, heard):
    notifier.open()
    bus.greet()
    notifier.show(NOTICE)
    bus.take(7)
    bus.owner(":1.5", "")
    assert heard.words == [("taken", "slot"), ("closed", "slot")]
    assert notifier.channel().state is ChannelState.NO_SERVER
    bus.invoke(7, "applied")  # the number of another program at the next server
    assert len(heard.words) == 2


def test_a_server_started_for_us_keeps_what_was_sent_to_it(bus, notifier, heard):
    notifier.open()
    notifier.show(NOTICE)
    bus.owner("", ":1.5")
    bus.take(3)
    assert heard.words == [("taken", "slot")]


def test_a_refusal_and_a_lost_bus_are_told(bus, notifier, heard):
    notifier.open()
    bus.greet()
    notifier.show(NOTICE)
    bus.answer("Notify")
    assert heard.words == [("refused", "slot")]
    notifier.show(NOTICE)
    bus.connected = False
    bus.lost.emit()
    assert heard.words == [("refused", "slot")] * 2
    assert notifier.channel().state is ChannelState.NO_BUS


def test_a_server_that_does_not_answer_counts_as_refusing(bus, notifier, heard):
    notifier.open()
    bus.greet()
    notifier.show(NOTICE)
    notifier._patience.timeout.emit()
    assert heard.words == [("refused", "slot")]
    assert notifier.channel().state is ChannelState.UNKNOWN
    bus.take(7)  # after all: the person was told in another way meanwhile
    assert [each.body for each in bus.calls("CloseNotification")] == [(7,)]


def test_do_not_disturb_is_known_where_the_server_says_so(bus, notifier):
    notifier.open()
    bus.greet("Plasma")
    assert bus.calls("Get")[-1].body == (NAME, "Inhibited")
    bus.answer("Get", ("b", True), signature="v")
    assert notifier.channel().do_not_disturb is True
    notifier.refresh()
    bus.answer("Get")
    assert notifier.channel().do_not_disturb is None


def test_at_the_end_no_notice_is_left_whose_buttons_press_nothing(bus, notifier):
    notifier.open()
    bus.greet()
    notifier.show(NOTICE)
    bus.take(7)
    notifier.close()
    assert [each.body for each in bus.calls("CloseNotification")] == [(7,)]
    assert not bus.connected


def test_five_hundred_notices_are_not_remembered_for_ever(bus, notifier):
    notifier.open()
    bus.greet()
    for number in range(1, 501):
        notifier.show(Notice(number, "It's time", ""))
        bus.take(number)
    assert len(notifier._keys) <= 64
    assert len(notifier._ids) <= 64
    assert bus.calls("Notify")[0].header.message_type is MessageType.method_call


# A server that lies


@pytest.mark.parametrize(
    ("signature", "number"), [("as", ["x"]), ("u", 0), ("s", "abc"), ("i", -1), ("b", True), ("(u)", (7,))]
)
def test_an_answer_that_is_no_number_is_a_refusal(bus, notifier, heard, signature, number):
    notifier.open()
    bus.greet()
    notifier.show(NOTICE)
    bus.answer("Notify", number, signature=signature)
    assert heard.words == [("refused", "slot")]
    notifier.withdraw("slot")
    assert bus.calls("CloseNotification") == []


def test_an_answer_without_a_word_is_a_refusal(bus, notifier, heard):
    notifier.open()
    bus.greet()
    notifier.show(NOTICE)
    bus.replied.emit(bus.calls("Notify")[-1].header.serial, new_signal(SERVER, "Nothing"))
    assert heard.words == [("refused", "slot")]


@pytest.mark.parametrize(
    ("member", "signature", "body"),
    [
        ("ActionInvoked", None, ()),
        ("ActionInvoked", "u", (7,)),
        ("ActionInvoked", "auas", ([7], ["applied"])),
        ("ActionInvoked", "uu", (7, 7)),
        ("NotificationClosed", None, ()),
        ("NotificationClosed", "as", (["x"],)),
        ("NameOwnerChanged", None, ()),
        ("NameOwnerChanged", "suu", (NAME, 1, 2)),
    ],
)
def test_a_signal_that_says_nothing_is_none(bus, notifier, heard, member, signature, body):
    notifier.open()
    bus.greet()
    notifier.show(NOTICE)
    bus.take(7)
    heard.words.clear()
    bus.heard.emit(new_signal(SERVER, member, signature, body))
    assert heard.words == []
    assert notifier.channel().state is ChannelState.WORKS


def test_a_name_and_abilities_that_are_no_words_are_left_out(bus, notifier):
    notifier.open()
    bus.answer("GetServerInformation", 5, signature="u")
    bus.answer("GetCapabilities", 5, signature="u")
    assert notifier.channel() == Channel(ChannelState.WORKS, "", None, False)
    bus.answer("GetCapabilities", [("actions",), ("body",)], signature="a(s)")
    assert not notifier.channel().buttons
