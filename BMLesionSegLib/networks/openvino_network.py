"""A network computed by OpenVINO, Intel's inference library: an optional engine for CPUs."""

import warnings
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn

from BMLesionSegLib.networks.simplified import simplified
from BMLesionSegLib.networks.tile_check import TILE_SIZE
from BMLesionSegLib.packages import need_packages

if TYPE_CHECKING:
    from openvino import InferRequest, Model


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
        example = torch.zeros(1, 1, TILE_SIZE, TILE_SIZE)
        # Torch's tracer warns of our checks of the shape, which are of no concern to it.
        with warnings.catch_warnings(), torch.no_grad():
            warnings.simplefilter("ignore")
            plain = simplified(network, own_maxima=False)
            traced = torch.jit.trace(plain, example, check_trace=False)  # type: ignore[no-untyped-call]
            model = converted(traced)
        model.reshape([1, 1, TILE_SIZE, TILE_SIZE])
        settings = {
            "INFERENCE_PRECISION_HINT": "f32",
            "INFERENCE_NUM_THREADS": torch.get_num_threads(),
            "NUM_STREAMS": at_once,
        }
        self._queue = openvino.AsyncInferQueue(
            openvino.Core().compile_model(model, "CPU", settings), at_once
        )

    def forward(self, tiles: torch.Tensor) -> torch.Tensor:
        """``[batch, 1, 256, 256]`` normalised counts to logits of the same shape."""
        logits = np.empty(tiles.shape, np.float32)

        def keep(request: "InferRequest", place: int) -> None:
            logits[place] = request.get_output_tensor().data[0]

        self._queue.set_callback(keep)
        for place, tile in enumerate(tiles.contiguous().numpy()):
            self._queue.start_async({0: tile[None]}, place)
        self._queue.wait_all()
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
