"""The bench refuses what PythonQt refuses; each of these passes silently in plain PySide6."""

import pytest


@pytest.fixture
def qt(application):
    import qt

    return qt


def test_a_property_is_a_value_and_cannot_be_called(qt):
    button = qt.QPushButton("press")
    assert button.text == "press"
    with pytest.raises(TypeError, match="not callable"):
        button.text()


def test_properties_and_setters_both_set(qt):
    button = qt.QPushButton()
    button.enabled = False
    assert not button.isEnabled()
    button.setEnabled(True)
    assert button.enabled
    button.setText("a")
    assert button.text == "a"


def test_a_misspelt_property_is_refused(qt):
    with pytest.raises(AttributeError, match="enabeld"):
        qt.QPushButton().enabeld = True


def test_a_class_written_in_python_may_have_attributes(qt):
    class Mine(qt.QWidget):
        pass

    mine = Mine()
    mine.something = 3
    assert mine.something == 3


def test_a_misspelt_signal_raises(qt):
    with pytest.raises(AttributeError, match="clickd"):
        qt.QPushButton().clickd.connect(print)


@pytest.mark.parametrize("slot", [lambda: None, lambda checked: None])
def test_slots_take_no_or_one_argument(qt, slot):
    button = qt.QPushButton()
    assert button.clicked.connect(slot)


def test_what_is_no_qobject_keeps_its_methods(qt):
    assert qt.QTableWidgetItem("a").text() == "a"


def test_the_name_is_the_object_name(qt):
    button = qt.QPushButton()
    button.setObjectName("ok")
    assert button.name == "ok"


def test_names_outside_the_contract_do_not_exist(qt):
    with pytest.raises(AttributeError, match="QCalendarWidget"):
        qt.QCalendarWidget  # noqa: B018


def test_an_exception_in_a_slot_is_remembered(window):
    import qt

    from Testing.bench.window.slot_errors import SlotErrors

    errors = SlotErrors()
    button = qt.QPushButton()
    button.clicked.connect(lambda: 1 / 0)
    button.click()
    errors.stop()
    assert [type(error) for error in errors.take()] == [ZeroDivisionError]


def test_a_dialog_that_no_test_expects_fails(qt):
    with pytest.raises(RuntimeError, match="unexpectedly"):
        qt.QFileDialog.getOpenFileName(None, "a title")
