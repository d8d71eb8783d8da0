"""A network computed by OpenVINO, Intel's inference library: an optional engine for CPUs."""

import warnings
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn

from BMLesionSegLib.networks.simplified import simplified
from BMLesionSegLib.networks.tile_check import input_shape
from BMLesionSegLib.packages import need_packages

if TYPE_CHECKING:
    from openvino import Model


class OpenVinoNetwork(nn.Module):
    """Takes the place of a network of ours: the same tiles in, the same logits out.

    Args:
        network: in eval mode, on the CPU.
        at_once: tiles computed side by side, each by an equal part of torch's threads.

    Raises:
        PackagesMissing: OpenVINO is not installed.
    """

    def __init__(self, network: nn.Module, at_once: int) -> None:
        super().__init__()
        need_packages("engine")
        import openvino

        self.version = version("openvino")
        example = torch.zeros(1, *input_shape(network))
        # Torch's tracer warns of our checks of the shape, which are of no concern to it.
        with warnings.catch_warnings(), torch.no_grad():
            warnings.simplefilter("ignore")
            plain = simplified(network, own_maxima=False)
            traced = torch.jit.trace(plain, example, check_trace=False)  # type: ignore[no-untyped-call]
            model = converted(traced)
        model.reshape(list(example.shape))
        settings = {
            "INFERENCE_PRECISION_HINT": "f32",
            "INFERENCE_NUM_THREADS": torch.get_num_threads(),
            "NUM_STREAMS": at_once,
        }
        compiled = openvino.Core().compile_model(model, "CPU", settings)
        self._requests = [compiled.create_infer_request() for _ in range(at_once)]

    def forward(self, tiles: torch.Tensor) -> torch.Tensor:
        """Normalised counts ``[tile, view, row, column]`` to logits ``[tile, 1, row, column]``."""
        given = tiles.contiguous().numpy()
        logits = np.empty_like(given[:, :1])
        at_once = len(self._requests)
        for first in range(0, len(given), at_once):
            group = given[first : first + at_once]
            for request, tile in zip(self._requests, group, strict=False):
                request.start_async({0: tile[None]})
            for place, request in enumerate(self._requests[: len(group)], first):
                request.wait()
                logits[place] = request.get_output_tensor().data[0]
        return torch.from_numpy(logits)


def converted(traced: "torch.jit.ScriptModule") -> "Model":
    """A traced network as OpenVINO's model.

    By its reader of torch's graphs, not by its ``convert_model``, which reports its use to Intel
    over the network.
    """
    from openvino.frontend import FrontEndManager
    from openvino.frontend.pytorch.ts_decoder import TorchScriptPythonDecoder

    reader = FrontEndManager().load_by_framework("pytorch")
    graph = TorchScriptPythonDecoder(traced)  # must live as long as the reader reads
    model: Model = reader.convert(reader.load(graph))
    return model
