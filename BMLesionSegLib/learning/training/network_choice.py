"""Which network is trained: an architecture, a preset of it, and what is changed."""

from dataclasses import dataclass, field

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.networks import ARCHITECTURES, network_arguments, preset_arguments
from BMLesionSegLib.networks.arguments import Argument
from BMLesionSegLib.networks.tile_check import TILE_SHAPE

OWN = "multi_attention"
"""The paper's network; its presets may be named alone."""
WIDTHS = ("features", "width", "vit_dim", "vit_mlp", "vit_classes")
"""Arguments that are widths."""


@dataclass(frozen=True)
class NetworkChoice:
    """A network before it is built.

    Attributes:
        architecture: a name of the registry.
        preset: one of that architecture's.
        changes: arguments that differ from the preset's.
    """

    architecture: str
    preset: str
    changes: dict[str, Argument] = field(default_factory=dict)

    @property
    def arguments(self) -> dict[str, Argument]:
        """Every argument, checked.

        Raises:
            BundleRefused: an unknown argument or an unfit value.
        """
        preset = preset_arguments(self.architecture, self.preset)
        return network_arguments(self.architecture, preset | self.changes)

    @property
    def tile_shape(self) -> tuple[int, int]:
        """Rows, columns of the tiles that it takes.

        Raises:
            BundleRefused: an unknown argument or an unfit value.
        """
        shape = self.arguments.get("tile_shape", TILE_SHAPE)
        assert isinstance(shape, tuple)
        return shape[0], shape[1]

    @property
    def views(self) -> int:
        """Views that it is shown at once.

        Raises:
            BundleRefused: an unknown argument or an unfit value.
        """
        views = self.arguments.get("views", 1)
        assert isinstance(views, int)
        return views

    @property
    def typed(self) -> str:
        """As the command line takes it."""
        named = self.preset if self.architecture == OWN else f"{self.architecture}/{self.preset}"
        changed = " ".join(f"{name}={written(value)}" for name, value in self.changes.items())
        return f"--network {named}" + (f" --set {changed}" if changed else "")

    @property
    def name(self) -> str:
        """For a bundle and its folder."""
        parts = [] if self.architecture == OWN else [self.architecture]
        changed = [f"{name}-{written(value)}" for name, value in self.changes.items()]
        return "-".join([*parts, self.preset, *changed]).replace(",", ".")[:64]


def named_network(text: str, changes: tuple[str, ...] = ()) -> NetworkChoice:
    """A choice from the command line.

    Args:
        text: ``small``, ``base32``, ``base64`` (presets of the paper's network), an architecture's
            name (its first preset), or ``ARCHITECTURE/PRESET``.
        changes: ``NAME=VALUE`` each, a list as ``4,8,16``.

    Raises:
        TrainingRefused: no such network, or a change that cannot be read.
        BundleRefused: an unfit value.
    """
    if text in ARCHITECTURES[OWN].presets:
        architecture, preset = OWN, text
    else:
        architecture, _, preset = text.partition("/")
        if architecture not in ARCHITECTURES:
            raise TrainingRefused(
                f"the network is {', '.join(ARCHITECTURES[OWN].presets)},"
                f" or one of {', '.join(ARCHITECTURES)}",
                f"{text!r:.80} came",
                "See `bmlesionseg networks`.",
            )
        preset = preset or next(iter(ARCHITECTURES[architecture].presets))
    plain = preset_arguments(architecture, preset)
    choice = NetworkChoice(architecture, preset, dict(read_change(one, plain) for one in changes))
    _ = choice.arguments
    return choice


def read_change(text: str, known: dict[str, Argument]) -> tuple[str, Argument]:
    """One ``NAME=VALUE``, its value of the type that the network has."""
    name, _, value = text.partition("=")
    expected = f"a change is NAME=VALUE, NAME one of {', '.join(known)}"
    if name not in known:
        raise TrainingRefused(expected, f"{text!r:.80} came", "Correct it.")
    default = known[name]
    try:
        if isinstance(default, bool):
            return name, {"true": True, "false": False}[value.lower()]
        if isinstance(default, tuple):
            return name, tuple(int(part) for part in value.split(","))
        return name, type(default)(value)
    except (KeyError, ValueError) as error:
        raise TrainingRefused(expected, f"{text!r:.80} came", "Correct its value.") from error


def written(value: Argument) -> str:
    """An argument as ``read_change`` reads it."""
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def narrowed(choice: NetworkChoice, divisor: int) -> NetworkChoice:
    """The same network with its widths divided, for a machine without a graphics card.

    Depths, kernels, dilations and grids stay. Every width is rounded down to what all blocks can
    take, and not below it, so that narrow levels lose less than wide ones.

    Args:
        choice: the full network.
        divisor: 1 leaves it as it is.
    """
    if divisor == 1:
        return choice
    changes, step = dict(choice.changes), ARCHITECTURES[choice.architecture].width_step
    for name, value in choice.arguments.items():
        if name in WIDTHS and isinstance(value, tuple):
            changes[name] = tuple(narrow(part, divisor, step) for part in value)
        elif name in WIDTHS and isinstance(value, int):
            changes[name] = narrow(value, divisor, step)
    return NetworkChoice(choice.architecture, choice.preset, changes)


def narrow(width: int, divisor: int, step: int) -> int:
    """A width divided, down to a multiple of ``step``, at least that."""
    return max(step, width // divisor // step * step)
