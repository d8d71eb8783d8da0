import pytest

from BMLesionSegLib.errors import ArchiveRefused
from BMLesionSegLib.pacs import Caller, Credentials, connect, parse_address
from BMLesionSegLib.pacs.dicomweb import DicomWebArchive
from BMLesionSegLib.pacs.dimse import DimseArchive


@pytest.mark.parametrize(
    ("text", "kind"), [("https://pacs/dicom-web", DicomWebArchive), ("dicom://A@b:1", DimseArchive)]
)
def test_the_protocol_follows_from_the_address(text, kind):
    assert isinstance(connect(parse_address(text), Credentials(), Caller()), kind)


def test_our_ae_title_is_checked():
    with pytest.raises(ArchiveRefused, match="AE title"):
        Caller(ae_title="SEVENTEEN LETTERS")
