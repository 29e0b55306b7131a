"""The original project's two plain networks in PyTorch: layers, dropout and Keras' batch-norm settings."""
from torch import nn

import faces

NORM = {"eps": 1e-3, "momentum": 0.01}  # Keras' defaults; PyTorch's momentum is the share of the new value


def conv(inputs, outputs, kernel):
    return nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2)


def head(inputs):
    layers = [nn.Flatten()]
    for features in (256, 512):
        layers += [nn.Linear(inputs, features), nn.BatchNorm1d(features, **NORM), nn.ReLU(inplace=True),
                   nn.Dropout(0.25)]
        inputs = features
    return layers + [nn.Linear(inputs, faces.CLASSES)]


def generic():
    layers, inputs = [], 1
    for channels, kernel in ((64, 3), (128, 5), (512, 3), (512, 3)):
        layers += [conv(inputs, channels, kernel), nn.BatchNorm2d(channels, **NORM), nn.ReLU(inplace=True),
                   nn.MaxPool2d(2), nn.Dropout(0.25)]
        inputs = channels
    return layers + head(512 * 3 * 3)


def vgg_block():
    layers, inputs = [], 1
    for channels, convolutions in ((64, 2), (128, 2), (256, 4)):
        for _ in range(convolutions):
            layers += [conv(inputs, channels, 3), nn.ReLU(inplace=True)]
            inputs = channels
        layers += [nn.MaxPool2d(2), nn.BatchNorm2d(channels, **NORM), nn.Dropout(0.25)]
    return layers + head(256 * 6 * 6)


MODELS = {maker.__name__: maker for maker in (generic, vgg_block)}


def build(name):
    model = nn.Sequential(*MODELS[name]())
    for layer in model:
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)
    return model
