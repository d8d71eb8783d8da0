"""One sentence for the user for every kind of refusal, in the user's language.

The library's own text is English and goes into the tooltip and the log.
"""

from slicer.i18n import tr as _

from BMLesionSegLib import errors
from BMLesionSegMRML.torch_door import TorchMissing


def sentenceFor(error):
    """What a physician should read when this error ends an action."""
    sentences = {
        errors.FileRefused: _("This file cannot be read as a bone scan."),
        errors.NotABoneScan: _("This is not one planar whole-body bone scan."),
        errors.ViewsUnclear: _("Anterior and posterior cannot be told, or do not fit together."),
        errors.CountsRefused: _("The pixels of this image are no counts."),
        errors.GeometryRefused: _("The matrix or the pixel size is not that of a bone scan."),
        errors.BundleRefused: _("The model is missing, incomplete or altered: choose another."),
        TorchMissing: _("PyTorch is missing: install it by the extension PyTorch, then try again."),
        errors.DeviceRefused: _("This device cannot do the work: choose Automatic or CPU."),
        errors.ThresholdRefused: _("The threshold must lie between 0 and 1."),
        errors.OutputRefused: _("The result cannot be written there: choose another folder."),
        errors.ReviewIncomplete: _("Review every finding first."),
        errors.ArchiveRefused: _("The archive refused."),
        errors.ArchiveUnreachable: _("The archive cannot be reached."),
        errors.PackagesMissing: _("Packages are missing."),
        errors.TrainingRefused: _("These data cannot be trained on."),
        errors.Cancelled: _("Cancelled; nothing was changed."),
    }
    for kind in type(error).__mro__:
        if kind in sentences:
            return sentences[kind]
    return _("This did not work; the details are in the tooltip.")
