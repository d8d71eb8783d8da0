import logging
import warnings

from BMLesionSegLib.pacs.quiet import TALKATIVE, quiet


def test_nothing_is_written_and_all_is_as_before(caplog):
    caplog.set_level(logging.DEBUG)
    logs = [logging.getLogger(f"{name}.child") for name in TALKATIVE]
    with quiet():
        for log in logs:
            log.critical("a name")
        warnings.warn("a name", stacklevel=1)
    assert caplog.text == ""
    for log in logs:
        log.critical("heard again")
    assert caplog.text.count("heard again") == len(TALKATIVE)
