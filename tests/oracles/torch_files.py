"""Writes tests/fixtures/torch_files/: state dicts as PyTorch itself saves them, in both formats, and files it can load but
fer must refuse. expected.json holds what torch.load gives for each.

    pip install -r tests/oracles/requirements-torch.txt && python tests/oracles/torch_files.py
    python tests/oracles/torch_files.py --check-load FILE    # FILE, by fer, holds what tests/weights/torch_file_test.cpp says
"""
import argparse
import collections
import json
import pathlib

import torch
from torch import nn

FOLDER = pathlib.Path(__file__).parent.parent / "fixtures" / "torch_files"


def ramp(*shape, dtype=torch.float32):
    count = torch.Size(shape).numel()
    return (torch.arange(count, dtype=torch.float64) / 4 - 1).to(dtype).reshape(shape)


def model():
    body = nn.Sequential(collections.OrderedDict(conv=nn.Conv2d(1, 2, 3), norm=nn.BatchNorm2d(2)))
    state = body.state_dict()
    for value in state.values():
        value.copy_(ramp(*value.shape, dtype=value.dtype))
    return body


def views():
    block = ramp(4, 6)
    return {
        "whole": block,
        "again": block,
        "row": block[1],
        "column": block[:, 2],
        "transposed": block.t(),
        "part": block[1:3, 2:5],
        "expanded": torch.tensor([2.5]).expand(3, 4),
        "channels_last": ramp(1, 2, 2, 2).contiguous(memory_format=torch.channels_last),
        "empty": torch.empty(0, 3),
        "scalar": torch.tensor(7.25),
        "counts": torch.tensor([[-(2**62), 3], [2**40, -1]]),
    }


def numbers():
    """Every element type that fer reads."""
    floating = {str(t).removeprefix("torch."): ramp(2, 3, dtype=t) for t in (torch.float64, torch.float16, torch.bfloat16)}
    whole = {str(t).removeprefix("torch."): torch.tensor([0, 1, 100], dtype=t)
             for t in (torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool)}
    return floating | whole | {"float32": ramp(2), "int64": torch.tensor(3)}


def checkpoint():
    """As the tutorials save a training; Adam's state dict has tensors, too, here before the model's."""
    adam = {"state": {i: {"step": torch.tensor(1.0), "exp_avg": ramp(5), "exp_avg_sq": ramp(5)} for i in range(2)},
            "param_groups": [{"lr": 1e-3, "betas": (0.9, 0.999), "amsgrad": False, "foreach": None, "params": [0, 1]}]}
    return {"optimizer": adam, "epoch": 3, "state_dict": model().state_dict(), "best": ramp(1),
            "args": {"name": "x", "flags": [True, None]}, "half": {"w": ramp(2).half()}}


def tree():
    """What is saved, under which name, how; of a checkpoint "state_dict" or "model" is the state dict."""
    state = model().state_dict()  # an OrderedDict with _metadata
    yield "zip", state, {}
    yield "legacy", state, {"_use_new_zipfile_serialization": False}
    for protocol in (3, 4):
        yield f"zip_protocol{protocol}", state, {"pickle_protocol": protocol}
        yield f"legacy_protocol{protocol}", state, {
            "pickle_protocol": protocol, "_use_new_zipfile_serialization": False}
    yield "views_zip", views(), {}
    yield "views_legacy", views(), {"_use_new_zipfile_serialization": False}
    yield "parameters", dict(model().named_parameters()), {}
    yield "no_tensors", collections.OrderedDict(), {}
    yield "numbers_zip", numbers(), {}
    yield "numbers_legacy", numbers(), {"_use_new_zipfile_serialization": False}
    yield "checkpoint_zip", checkpoint(), {}
    yield "checkpoint_legacy", checkpoint(), {"_use_new_zipfile_serialization": False}
    yield "nested", {"model": {"epoch": 1, "state_dict": state}, "best": 0.5}, {}
    yield "parallel", nn.DataParallel(model()).state_dict(), {}


def refused():
    yield "uint16", {"w": torch.tensor([1, 2], dtype=torch.uint16)}, {}
    yield "complex", {"a": ramp(2), "w": ramp(2).to(torch.complex64)}, {}
    yield "checkpoint", {"epoch": 3, "loss": 0.5, "teacher": {"w": ramp(2)}}, {}
    yield "module", model(), {}


def save(name, content, options):
    """torch.save, with storages called by numbers: the older format takes their addresses, which differ from run to run."""
    address = torch._C.StorageBase._cdata.__get__
    numbers = {}
    torch.UntypedStorage._cdata = property(lambda storage: numbers.setdefault(address(storage), 1000 + len(numbers)))
    path = FOLDER / f"{name}.pth"
    torch.save(content, path, **options)
    return path


def state_of(content):
    for entry in ("model", "state_dict"):
        content = content.get(entry, content)
    return content


def listed(tensor):
    dtype = str(tensor.dtype).removeprefix("torch.")
    values = tensor.detach().flatten()
    found = {"dtype": dtype, "shape": list(tensor.shape), "values": values.tolist()}
    if dtype not in ("float32", "int64"):
        found["bytes"] = values.contiguous().view(torch.uint8).tolist()
    return found


def check_load(path):
    """What writeTorchFile is asked to write in tests/weights/torch_file_test.cpp."""
    state = torch.load(path, weights_only=True)
    assert type(state) is collections.OrderedDict, type(state)
    assert list(state) == ["counts", "empty", "scalar", "w"], list(state)
    assert torch.equal(state["counts"], torch.tensor([-1, 2**40])) and state["counts"].dtype == torch.int64
    assert state["empty"].shape == (0, 3) and state["scalar"].shape == () and state["scalar"] == 3.5
    assert torch.equal(state["w"], torch.tensor([[1.5, -2.0, 0.25], [0.0, 1.0, 2.0]]))
    assert all(not value.requires_grad and value.is_contiguous() for value in state.values())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check-load", metavar="FILE")
    options = parser.parse_args()
    if options.check_load:
        return check_load(options.check_load)
    check_load(FOLDER / "by_fer.pth")
    expected = {}
    for name, content, how in tree():
        path = save(name, content, how)
        loaded = torch.load(path, weights_only=False)  # weights_only does not know protocol 4
        expected[path.name] = {key: listed(value) for key, value in state_of(loaded).items()}
    for name, content, how in refused():
        save(name, content, how)
    lines = [json.dumps(name) + ": " + json.dumps(tensors) for name, tensors in expected.items()]
    (FOLDER / "expected.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
