"""The two bone-scan layouts as Slicer wants them described: one pair of views, or two."""

from collections.abc import Sequence

import slicer

from BMLesionSegMRML.view_slots import HOT_SPOT_SLOTS, MAIN_SLOTS, ViewSlot

PAIR = 71800
"""Layout number; Slicer's own stay far below."""
DUAL_INTENSITY = 71801
SLOTS = {PAIR: MAIN_SLOTS, DUAL_INTENSITY: MAIN_SLOTS + HOT_SPOT_SLOTS}


def addLayouts(layoutNode: slicer.vtkMRMLLayoutNode) -> None:
    """Describe both layouts; a number that is known already is described anew."""
    for number, slots in SLOTS.items():
        if layoutNode.IsLayoutDescription(number):
            layoutNode.SetLayoutDescription(number, description(slots))
        else:
            layoutNode.AddLayoutDescription(number, description(slots))


def description(slots: Sequence[ViewSlot]) -> str:
    """Views side by side, in the order of the slots."""
    items = "".join(viewItem(slot) for slot in slots)
    return f'<layout type="horizontal" split="true">{items}</layout>'


def viewItem(slot: ViewSlot) -> str:
    """One view; the orientation must be known to its slice node by now."""
    properties = {
        "orientation": slot.orientation,
        "viewlabel": slot.label,
        "viewcolor": "#7F7F7F",
        "viewgroup": str(slot.group),
    }
    lines = "".join(
        f'<property name="{name}" action="default">{value}</property>'
        for name, value in properties.items()
    )
    view = f'<view class="vtkMRMLSliceNode" singletontag="{slot.tag}">{lines}</view>'
    return f"<item>{view}</item>"
