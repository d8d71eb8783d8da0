import pytest

from BMLesionSegLib.pacs.status import meaning


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (0x0122, "status 0122: it does not take this kind of object"),
        (0xA701, "status A701: it is out of resources"),
        (0xA9FF, "status A9FF: the object does not match its kind"),
        (0xA801, "AE title is not registered"),
        (0xC123, "status C123: it cannot process the object"),
        (0xFE00, "status FE00: it gave no words"),
        (None, "it gave no reason"),
    ],
)
def test_every_number_has_words(status, words):
    assert words in meaning(status)
