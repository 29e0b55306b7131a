"""The original project's two plain networks in Keras, layer for layer, with dropout; logits out."""
from keras import Input, Sequential, layers

import faces


def conv(channels, kernel):
    return layers.Conv2D(channels, kernel, padding="same")


def head():
    stack = [layers.Flatten()]
    for features in (256, 512):
        stack += [layers.Dense(features), layers.BatchNormalization(), layers.ReLU(), layers.Dropout(0.25)]
    # Logits and loss stay fp32 under a mixed policy, as Keras' own guide has it.
    return stack + [layers.Dense(faces.CLASSES, dtype="float32")]


def generic():
    stack = []
    for channels, kernel in ((64, 3), (128, 5), (512, 3), (512, 3)):
        stack += [conv(channels, kernel), layers.BatchNormalization(), layers.ReLU(), layers.MaxPooling2D(2),
                  layers.Dropout(0.25)]
    return stack + head()


def vgg_block():
    stack = []
    for channels, convolutions in ((64, 2), (128, 2), (256, 4)):
        for _ in range(convolutions):
            stack += [conv(channels, 3), layers.ReLU()]
        stack += [layers.MaxPooling2D(2), layers.BatchNormalization(), layers.Dropout(0.25)]
    return stack + head()


MODELS = {maker.__name__: maker for maker in (generic, vgg_block)}


def build(name):
    return Sequential([Input((faces.SIDE, faces.SIDE, 1)), *MODELS[name]()])
