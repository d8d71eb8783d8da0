"""The library's words for sites, statuses, views and quality, in the user's language."""

from slicer.i18n import tr as _

from BMLesionSegLib.lesions import Level, ReviewStatus, Side
from BMLesionSegLib.quality import FlagKind
from BMLesionSegLib.scan import EvidenceKind, ViewName


def statusWord(status):
    """Of a finding."""
    words = {
        ReviewStatus.UNREVIEWED: _("unreviewed"),
        ReviewStatus.METASTASIS: _("metastasis"),
        ReviewStatus.INDETERMINATE: _("indeterminate"),
        ReviewStatus.BENIGN: _("benign"),
        ReviewStatus.REJECTED: _("rejected"),
    }
    return words[status]


def viewWord(view):
    """ANT or POST."""
    return _("ANT") if view == ViewName.ANTERIOR else _("POST")


def siteWord(site):
    """For instance "left chest"."""
    levels = {
        Level.SKULL: _("skull"),
        Level.NECK: _("neck"),
        Level.SHOULDER_GIRDLE: _("shoulder girdle"),
        Level.CHEST: _("chest"),
        Level.LUMBAR: _("lumbar region"),
        Level.PELVIS: _("pelvis"),
        Level.THIGH: _("thigh"),
        Level.KNEE: _("knee"),
        Level.LOWER_LEG: _("lower leg"),
        Level.FOOT: _("foot"),
        Level.ARM: _("arm"),
        Level.UNKNOWN: _("level not known"),
    }
    sides = {Side.LEFT: _("left"), Side.RIGHT: _("right"), Side.MIDLINE: _("midline")}
    return _("{level}, {side}").format(level=levels[site.level], side=sides[site.side])


def evidenceWord(kind):
    """How a view was known."""
    words = {
        EvidenceKind.USER: _("your choice"),
        EvidenceKind.VIEW_CODE: _("the file's view code"),
        EvidenceKind.PRIVATE_TEXT: _("the camera's own label"),
        EvidenceKind.START_ANGLE: _("the detector's start angle"),
        EvidenceKind.DESCRIPTION: _("the series description"),
        EvidenceKind.DETECTOR_NUMBER: _("the order of the detectors: assumed, please check"),
    }
    return words[kind]


def flagWord(kind):
    """A remark on the scan's quality."""
    words = {
        FlagKind.NOT_WHOLE_BODY: _("not a whole-body bone scan"),
        FlagKind.BODY_CUT: _("body cut off by the frame"),
        FlagKind.ARM_CUT: _("arm cut off by the frame"),
        FlagKind.ONE_VIEW: _("one view only"),
        FlagKind.LOW_COUNTS: _("low counts"),
        FlagKind.COUNTS_DIFFER: _("views differ in counts"),
        FlagKind.DIFFUSE_AXIAL: _("diffuse axial uptake"),
        FlagKind.KIDNEYS_NOT_SEEN: _("kidneys not seen"),
        FlagKind.VERY_HOT_SPOT: _("very hot spot"),
        FlagKind.VIEW_ASSUMED: _("view assumed"),
        FlagKind.VIEWS_SWAPPED: _("views perhaps swapped"),
    }
    return words[kind]
