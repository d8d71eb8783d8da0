import pytest

from BMLesionSegLib.errors import ArchiveRefused
from BMLesionSegLib.pacs.address import AE_TITLE, DimseAddress, WebAddress, parse_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://pacs.org/dicom-web/", WebAddress("https://pacs.org/dicom-web", "pacs.org", True)),
        (" http://PACS:8042/a/b ", WebAddress("http://pacs:8042/a/b", "pacs", False)),
        ("dicom://ARCHIVE@pacs:104", DimseAddress("ARCHIVE", "pacs", 104, False)),
        ("dicoms://MY%20PACS@10.0.0.1:2762", DimseAddress("MY PACS", "10.0.0.1", 2762, True)),
    ],
)
def test_the_four_forms(text, address):
    assert parse_address(text) == address


def test_one_archive_has_one_name():
    for text in ("https://PACS.org/dicom-web/", "dicoms://ARCHIVE@PACS:104"):
        assert str(parse_address(str(parse_address(text)))) == str(parse_address(text))
    assert str(parse_address("dicoms://ARCHIVE@PACS:104")) == "dicoms://ARCHIVE@pacs:104"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "pacs.org",
        "ftp://pacs.org",
        "https://",
        "https://pacs.org:port/",
        "https://pacs.org/dicom-web?token=secret",
        "dicom://pacs:104",
        "dicom://ARCHIVE@pacs",
        "dicom://THIS-TITLE-IS-TOO-LONG@pacs:104",
        "dicom://BACK%5CSLASH@pacs:104",
        "dicom://ARCHIVE@pacs:104/path",
    ],
)
def test_what_leads_nowhere(text):
    with pytest.raises(ArchiveRefused, match="says protocol, machine and place") as refused:
        parse_address(text)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("text", ["https://me:secret@pacs.org/", "dicom://AE:secret@pacs:104"])
def test_a_password_is_not_taken_and_not_repeated(text):
    with pytest.raises(ArchiveRefused, match="BMLESIONSEG_PACS_PASSWORD") as refused:
        parse_address(text)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("title", ["", " A", "A ", "A\\B", "A" * 17, "Ä", "A\n"])
def test_what_is_no_ae_title(title):
    assert AE_TITLE.fullmatch("AN AE-TITLE_1 OK")
    assert not AE_TITLE.fullmatch(title)
