"""Two views, each the other's opposite."""

from BMLesionSegLib.scan import ViewName


def test_opposites_and_short_forms():
    assert ViewName.ANTERIOR.other is ViewName.POSTERIOR
    assert ViewName.POSTERIOR.other is ViewName.ANTERIOR
    assert [view.short for view in ViewName] == ["ANT", "POST"]
    assert ViewName("anterior") is ViewName.ANTERIOR
