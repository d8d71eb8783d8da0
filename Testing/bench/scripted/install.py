"""Put Slicer's own Python packages, without Qt, where scripts import them from."""

import sys
from types import ModuleType

import slicer

from Testing.bench.scripted import i18n, parameter_node_wrapper, sample_data, scripted_module


def install_scripted() -> None:
    """``slicer.ScriptedLoadableModule``, ``.i18n``, ``.parameterNodeWrapper``; ``SampleData``."""
    wrapper = named(
        "slicer.parameterNodeWrapper",
        parameter_node_wrapper,
        ["parameterNodeWrapper", "Default", "Choice", "WithinRange"],
    )
    bases = [name for name in vars(scripted_module) if name.startswith("Scripted")]
    translation = named("slicer.i18n", i18n, ["tr", "translate"])
    samples = named("SampleData", sample_data, ["SampleDataLogic"])
    scripted = named("slicer.ScriptedLoadableModule", scripted_module, bases)
    for module in (wrapper, translation, samples, scripted):
        sys.modules[module.__name__] = module
        if module.__name__.startswith("slicer."):
            setattr(slicer, module.__name__.removeprefix("slicer."), module)


def named(name: str, source: ModuleType, members: list[str]) -> ModuleType:
    """A module of that name with these members and no others."""
    module = ModuleType(name, source.__doc__)
    for member in members:
        setattr(module, member, getattr(source, member))
    module.__all__ = members  # type: ignore[attr-defined]
    return module
