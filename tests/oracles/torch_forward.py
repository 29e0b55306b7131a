"""Writes tests/fixtures/torch_forward.json: vgg16 and resnet50 as torchvision names and lays them out, in PyTorch.

    python3.11 -m venv V && V/bin/pip install -r tests/oracles/requirements-torch.txt
    V/bin/python tests/oracles/torch_forward.py

Weights and images are those of formula.py, the heads the original project's; no dropout. The fixture holds, in float32
and in float64, logits, and samples of the bodies' running values after a pass in training mode (a head's are Keras', whose
dense batch norm feeds them another variance). Networks are built here from torch.nn alone: torchvision is not needed to run this.
"""
import torch
from torch import nn

import fixture_file
import formula
import running_values

EVALUATED = [0, 3, 5, 6]
TRAINED = [0, 1, 2, 3, 4, 5, 6, 0]
KERAS_NORM = {"eps": 1e-3, "momentum": 0.01}
BODY_NORM = {"eps": 1e-5, "momentum": 0.01}


class Head(nn.Module):
    def __init__(self, inputs, norm_first):
        super().__init__()
        self.steps = []
        norms = 0
        if norm_first:
            norms = 1
            self.step("bn1", nn.BatchNorm1d(inputs, **KERAS_NORM))
        for i, features in enumerate([512, 256], 1):
            self.step(f"dense{i}", nn.Linear(inputs, features))
            self.step(f"bn{norms + i}", nn.BatchNorm1d(features, **KERAS_NORM))
            self.steps.append(torch.relu)
            inputs = features
        self.step("dense3", nn.Linear(inputs, 7))

    def step(self, name, layer):
        self.add_module(name, layer)
        self.steps.append(layer)

    def forward(self, maps):
        x = maps.flatten(1)
        for step in self.steps:
            x = step(x)
        return x


class Vgg16(nn.Module):
    def __init__(self):
        super().__init__()
        layers, channels = [], 3
        for width, convolutions in [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)]:
            for _ in range(convolutions):
                layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU()]
                channels = width
            layers.append(nn.MaxPool2d(2))
        self.features = nn.Sequential(*layers)
        self.head = Head(512, norm_first=True)

    def forward(self, images):
        return self.head(self.features(images.expand(-1, 3, -1, -1)))


class Bottleneck(nn.Module):
    def __init__(self, inputs, width, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, width, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width, **BODY_NORM)
        self.conv2 = nn.Conv2d(width, width, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width, **BODY_NORM)
        self.conv3 = nn.Conv2d(width, 4 * width, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(4 * width, **BODY_NORM)
        self.downsample = None
        if stride != 1 or inputs != 4 * width:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, 4 * width, 1, stride, bias=False),
                                            nn.BatchNorm2d(4 * width, **BODY_NORM))

    def forward(self, x):
        y = torch.relu(self.bn1(self.conv1(x)))
        y = torch.relu(self.bn2(self.conv2(y)))
        shortcut = x if self.downsample is None else self.downsample(x)
        return torch.relu(self.bn3(self.conv3(y)) + shortcut)


class Resnet50(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(64, **BODY_NORM)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        channels = 64
        for number, (width, blocks, stride) in enumerate([(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)], 1):
            layer = []
            for block in range(blocks):
                layer.append(Bottleneck(channels, width, stride if block == 0 else 1))
                channels = 4 * width
            self.add_module(f"layer{number}", nn.Sequential(*layer))
        self.head = Head(2 * 2 * 2048, norm_first=False)

    def forward(self, images):
        x = self.maxpool(torch.relu(self.bn1(self.conv1(images.expand(-1, 3, -1, -1)))))
        for layer in (self.layer1, self.layer2, self.layer3, self.layer4):
            x = layer(x)
        return self.head(x)


def fill(model):
    for name, tensor in model.state_dict().items():
        if not name.endswith("num_batches_tracked"):
            tensor.copy_(torch.from_numpy(formula.tensor(name, tuple(tensor.shape))))


def case(name, model, dtype):
    model.to(dtype)
    fill(model)

    def images(kinds):
        return torch.from_numpy(formula.images(kinds)).to(dtype)

    evaluated = model.eval()(images(EVALUATED))
    trained = model.train()(images(TRAINED))
    running = {key: running_values.sample(tensor.numpy()) for key, tensor in model.state_dict().items()
               if key.endswith(("running_mean", "running_var")) and not key.startswith("head.")}
    return {"model": name, "evaluated": EVALUATED, "trained": TRAINED,
            "evaluation_logits": evaluated.tolist(), "training_logits": trained.tolist(), "running": running}


def cases(dtype):
    return [case("vgg16", Vgg16(), dtype), case("resnet50", Resnet50(), dtype)]


with torch.no_grad():
    # In float32 the training mode differs by 2e-4 from processor to processor; float64 is what counts.
    fixture_file.write("torch_forward.json", {"float32": cases(torch.float32), "float64": cases(torch.float64)},
                       absolute={"float32": 1e-3, "float64": 1e-9})
