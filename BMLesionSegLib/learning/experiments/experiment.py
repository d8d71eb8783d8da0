"""The tables of the paper as lists of trainings, with the paper's own figures beside."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from BMLesionSegLib.bundles import DEFAULT
from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.learning.training.network_choice import NetworkChoice
from BMLesionSegLib.networks import ARCHITECTURES
from BMLesionSegLib.networks.arguments import Argument

FigureSet = Mapping[str, float]
OURS = "multi_attention"


@dataclass(frozen=True)
class Contestant:
    """One line of a table.

    Attributes:
        label: in the table.
        network: what is trained.
        recipe: how.
        paper: the paper's own figures for it (DSC, recall, precision), on its own patients; empty
            where its text gives none.
    """

    label: str
    network: NetworkChoice
    recipe: str
    paper: FigureSet = field(default_factory=dict)


@dataclass(frozen=True)
class Experiment:
    """One table.

    Attributes:
        name: of its files.
        title: over the table.
        contestants: the first is the one that the others are compared with.
        models: names of models that are tested as they are, below the contestants.
    """

    name: str
    title: str
    contestants: tuple[Contestant, ...]
    models: tuple[str, ...] = ()


PAPER_FULL = {"DSC": 0.6720, "recall": 0.6671, "precision": 0.6771}
"""The paper's Table 5."""


def own(label: str, paper: FigureSet, **changes: Argument) -> Contestant:
    """The paper's network with its recipe, some arguments changed."""
    return Contestant(label, NetworkChoice(OURS, "base32", changes), "paper", paper)


def paper_figures(dsc: float, recall: float, precision: float) -> FigureSet:
    """Three figures of one of the paper's tables."""
    return {"DSC": dsc, "recall": recall, "precision": precision}


WHOLE_VIEWS = Contestant(
    f"{OURS} (small-view), our recipe", NetworkChoice(OURS, "small-view"), "views"
)
"""Whole views, one at a time."""


def networks(recipe: str) -> Experiment:
    """Table 6 and Figure 7: the paper's network and its eleven rivals.

    Args:
        recipe: one for all.
    """
    contestants = [
        Contestant(
            f"{name} ({next(iter(architecture.presets))})",
            NetworkChoice(name, next(iter(architecture.presets))),
            recipe,
            PAPER_FULL if name == OURS and recipe == "paper" else {},
        )
        for name, architecture in ARCHITECTURES.items()
    ]
    small = Contestant(f"{OURS} (small)", NetworkChoice(OURS, "small"), recipe)
    if recipe == "paper":
        small = Contestant(f"{OURS} (small), our recipe", NetworkChoice(OURS, "small"), "ours")
    title = "Twelve networks (the paper's Table 6 and Figure 7)"
    lines = (contestants[0], small, *contestants[1:], WHOLE_VIEWS)
    return Experiment("table-6", title, lines, models=(DEFAULT,))


TABLE_7 = Experiment(
    "table-7",
    "Parts of the network switched off (the paper's Table 7)",
    (
        own("all", PAPER_FULL),
        own("no multi-pooling", paper_figures(0.6536, 0.6261, 0.6840), multi_pool=False),
        own(
            "multi-scale and ViT",
            paper_figures(0.6408, 0.5977, 0.6912),
            multi_pool=False,
            non_local=False,
        ),
        own(
            "ViT alone",
            paper_figures(0.6446, 0.6043, 0.6906),
            multi_pool=False,
            non_local=False,
            multi_scale=False,
        ),
        own(
            "none",
            paper_figures(0.6369, 0.5911, 0.6918),
            multi_pool=False,
            non_local=False,
            multi_scale=False,
            vit=False,
        ),
    ),
)
TABLE_8 = Experiment(
    "table-8",
    "Kernels of the multi-scale block (the paper's Table 8)",
    (
        own("1, 3, 5", PAPER_FULL),
        own("1, 3", paper_figures(0.6461, 0.6466, 0.6472), kernels=(1, 3)),
        own("1, 3, 5, 7", paper_figures(0.6380, 0.6216, 0.6555), kernels=(1, 3, 5, 7)),
    ),
)
TABLE_10 = Experiment(
    "table-10",
    "Trained on tiles with a lesion, or on all tiles (the paper's Table 10)",
    (
        own("tiles with a lesion", PAPER_FULL),
        Contestant(
            "all tiles",
            NetworkChoice(OURS, "base32"),
            "paper-negatives",
            paper_figures(0.6236, 0.6220, 0.6256),
        ),
    ),
)
FIGURE_14 = Experiment(
    "figure-14",
    "Grids of the multi-pooling block (the paper's Figure 14; its two other sets are in the picture"
    " alone, (1, 2, 4) and (1, 2, 3, 6) are ours)",
    (
        own("1, 2, 4, 8", PAPER_FULL),
        own("1, 2, 4", {}, pools=(1, 2, 4)),
        own("1, 2, 3, 6", {}, pools=(1, 2, 3, 6)),
    ),
)


def idea(label: str, recipe: str = "ours", **changes: Argument) -> Contestant:
    """The small network over tiles, with one thing changed."""
    return Contestant(label, NetworkChoice(OURS, "small", changes), recipe)


IDEAS = Experiment(
    "ideas",
    "Ideas beyond the paper, each on the small network over tiles by our recipe",
    (
        idea("none"),
        idea("benign uptake weighed as a class", "ours-benign"),
        idea("small spots weigh as much", "ours-components"),
        idea("false positives weigh more", "ours-strict"),
        idea("no weight averaging", "ours-last-weights"),
        idea("patch tokens, not one class vector", vit_fusion="tokens"),
        idea("gate, not sum", vit_fusion="gate"),
        idea("no transformer", vit=False),
        idea("asked twice, of the mirror image too", mirrored=True),
        WHOLE_VIEWS,
        Contestant("whole views, made uneven", WHOLE_VIEWS.network, "views-uneven"),
        Contestant(
            "both views at once", NetworkChoice(OURS, "small-pair", {"mirrored": False}), "views"
        ),
        Contestant("both views, asked twice", NetworkChoice(OURS, "small-pair"), "views"),
    ),
)
ABLATIONS = {one.name: one for one in (TABLE_7, TABLE_8, TABLE_10, FIGURE_14, IDEAS)}


def ablation_named(name: str) -> Experiment:
    """The ablation of that name.

    Raises:
        TrainingRefused: there is none.
    """
    if name not in ABLATIONS:
        expected = f"the table is one of {', '.join(ABLATIONS)}"
        raise TrainingRefused(expected, f"{name!r:.40} came", "Choose one of them.")
    return ABLATIONS[name]
