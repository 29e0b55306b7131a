"""The five networks in Keras' functional API, from their description, with weights by formula.py.

A layer bears the name of ours. Networks come without dropout, which evaluation does not have and training was told to
leave out. Weights and images are float32 numbers, in networks of float64 too: keras.backend.set_floatx.
"""
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
# oneDNN's results depend on the processor more than TensorFlow's own do.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import numpy as np
from tensorflow.keras import Model, backend, layers

import formula

CLASSES = 7


def conv(x, name, channels, kernel, **options):
    return layers.Conv2D(channels, kernel, name=name, **{"padding": "same"} | options)(x)


def relu(x):
    return layers.Activation("relu")(x)


def norm(x, name, **options):
    return layers.BatchNormalization(name=name, **options)(x)


def dense_levels(x, features, prefix="", norms=0):
    """Dense - batch norm - ReLU for each of `features`, then the logits; `norms` batch norms stand before."""
    for i, count in enumerate(features, 1):
        x = layers.Dense(count, name=f"{prefix}dense{i}")(x)
        x = relu(norm(x, f"{prefix}bn{norms + i}"))
    return layers.Dense(CLASSES, name=f"{prefix}dense{len(features) + 1}")(x)


def generic(x):
    for i, (channels, kernel) in enumerate([(64, 3), (128, 5), (512, 3), (512, 3)], 1):
        x = relu(norm(conv(x, f"conv{i}", channels, kernel), f"bn{i}"))
        x = layers.MaxPooling2D(2)(x)
    return dense_levels(layers.Flatten()(x), [256, 512], norms=4)


def vgg_block(x):
    number = 0
    for i, (channels, convolutions) in enumerate([(64, 2), (128, 2), (256, 4)], 1):
        for _ in range(convolutions):
            number += 1
            x = relu(conv(x, f"conv{number}", channels, 3))
        x = norm(layers.MaxPooling2D(2)(x), f"bn{i}")
    return dense_levels(layers.Flatten()(x), [256, 512], norms=3)


def inception_block(x):
    def branch(source, name, channels, kernel):
        return relu(conv(source, f"inception.{name}", channels, kernel))

    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    maps = layers.Concatenate()([
        branch(x, "conv1x1", 64, 1),
        branch(branch(x, "reduce3x3", 96, 1), "conv3x3", 128, 3),
        branch(branch(x, "reduce5x5", 16, 1), "conv5x5", 32, 5),
        branch(pooled, "pool_projection", 32, 1),
    ])
    return dense_levels(layers.Flatten()(maps), [256])


def three_channels(x):
    return layers.Concatenate()([x, x, x])


def vgg16(x):
    x = three_channels(x)
    number = 0
    for channels, convolutions in [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)]:
        for _ in range(convolutions):
            x = relu(conv(x, f"features.{number}", channels, 3))
            number += 2
        x = layers.MaxPooling2D(2)(x)
        number += 1
    return dense_levels(norm(layers.Flatten()(x), "head.bn1"), [512, 256], prefix="head.", norms=1)


def resnet50(x):
    """torchvision's ResNet-50: strides on the 3 x 3 with zeros on both sides, no biases, epsilon 1e-5.

    TensorFlow's fused batch norm takes no epsilon below 1.001e-5, hence fused=False; see feeds_our_variance.
    """

    def level(source, name, norm_name, channels, kernel, stride=1):
        padded = layers.ZeroPadding2D(kernel // 2)(source) if kernel > 1 else source
        maps = conv(padded, name, channels, kernel, strides=stride, padding="valid", use_bias=False)
        return norm(maps, norm_name, epsilon=1e-5, fused=False)

    x = relu(level(three_channels(x), "conv1", "bn1", 64, 7, 2))
    x = layers.MaxPooling2D(3, strides=2)(layers.ZeroPadding2D(1)(x))  # nothing is below zero here
    for number, (width, blocks, stride) in enumerate([(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)], 1):
        for block in range(blocks):
            name = f"layer{number}.{block}"
            step = stride if block == 0 else 1
            maps = relu(level(x, f"{name}.conv1", f"{name}.bn1", width, 1))
            maps = relu(level(maps, f"{name}.conv2", f"{name}.bn2", width, 3, step))
            maps = level(maps, f"{name}.conv3", f"{name}.bn3", 4 * width, 1)
            if block == 0:
                x = level(x, f"{name}.downsample.0", f"{name}.downsample.1", 4 * width, 1, step)
            x = relu(layers.Add()([maps, x]))
    return dense_levels(layers.Flatten()(x), [512, 256], prefix="head.")


MODELS = {maker.__name__: maker for maker in (generic, vgg_block, inception_block, vgg16, resnet50)}


def feeds_our_variance(norm):
    """The running variance of a batch norm over images is fed the unbiased variance by us and by TensorFlow's fused
    kernel; not by Keras' own sums, which stand in for it in float64."""
    over_features = len(norm.input_shape) == 2
    return over_features or bool(norm.fused)


def kernel(layer):
    """Ours is O x I x H x W, Keras' H x W x I x O. What a dense layer gets from a flattening is C x H x W with us and
    H x W x C in Keras."""
    if isinstance(layer, layers.Conv2D):
        height, width, inputs, outputs = layer.kernel.shape
        return formula.tensor(f"{layer.name}.weight", (outputs, inputs, height, width)).transpose(2, 3, 1, 0)
    inputs, outputs = layer.kernel.shape
    ours = formula.tensor(f"{layer.name}.weight", (outputs, inputs))
    before = layer.input._keras_history.layer
    if isinstance(before, layers.Flatten):
        _, height, width, channels = before.input_shape
        ours = ours.reshape(outputs, channels, height, width).transpose(2, 3, 1, 0)
    else:
        ours = ours.T
    return ours.reshape(inputs, outputs)


def in_our_layout(layer):
    """A layer's kernel as kernel() found it."""
    array = layer.kernel.numpy()
    if isinstance(layer, layers.Conv2D):
        return array.transpose(3, 2, 0, 1)
    before = layer.input._keras_history.layer
    if isinstance(before, layers.Flatten):
        array = array.reshape(*before.input_shape[1:], -1).transpose(2, 0, 1, 3).reshape(array.shape)
    return array.T


def fill(model):
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization):
            shape = tuple(layer.gamma.shape)
            parts = ("weight", "bias", "running_mean", "running_var")  # Keras' order
            layer.set_weights([formula.tensor(f"{layer.name}.{part}", shape) for part in parts])
        elif layer.weights:
            weights = [kernel(layer)]
            if layer.use_bias:
                weights.append(formula.tensor(f"{layer.name}.bias", tuple(layer.bias.shape)))
            layer.set_weights(weights)


def build(name, side=48):
    images = layers.Input((side, side, 1))
    model = Model(images, MODELS[name](images))
    fill(model)
    return model


def batch(kinds, **options):
    """Images as Keras wants them, N x H x W x 1."""
    images = formula.images(kinds, **options).transpose(0, 2, 3, 1)
    return np.ascontiguousarray(images, backend.floatx())
