"""Writes tests/fixtures/keras/keras_epoch.json: vgg_block's first ten steps in Keras 2.12, one by one.

    python3.11 -m venv V && V/bin/pip install -r tests/oracles/requirements-keras2.12.txt
    V/bin/python tests/oracles/keras_epoch.py

Weights, images and labels are those of formula.py; no dropout, no augmentation, the images in their order; loss, softmax and
Adam as the original project had them, all of it Keras' own. The epoch is one of float64: Adam's first step is the learning
rate times the sign of the gradient, so that in float32 the rounding of the gradients nearest to zero decides about whole
steps, and two implementations part. Of float32 there is the loss before the first step, which is all that can be compared.

Two runs: optimizers.legacy.Adam, which is the Adam of Keras 2.8 that the original project used, and Keras 2.12's own. They
part by 0.03 themselves, since the former keeps learning rate and betas in float32 and the latter rounds the betas of its
bias correction alone; so each run says what numbers it used.
"""
import keras_models
import numpy as np
from tensorflow.keras import Model, backend, layers, optimizers, utils

import fixture_file
import formula
import running_values

IMAGES = 640
BATCH = 64
SIDE = 24  # the models' 48 would keep the C++ test busy for a minute and a half
OPTIONS = {"learning_rate": 1e-3, "beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7}


def state(model):
    """Samples of every tensor under our names, but for the running variances that are not fed as ours are."""
    tensors = {}
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization):
            tensors |= {f"{layer.name}.weight": layer.gamma, f"{layer.name}.bias": layer.beta,
                        f"{layer.name}.running_mean": layer.moving_mean}
            if keras_models.feeds_our_variance(layer):
                tensors[f"{layer.name}.running_var"] = layer.moving_variance
        elif layer.weights:
            tensors |= {f"{layer.name}.weight": keras_models.in_our_layout(layer), f"{layer.name}.bias": layer.bias}
    return {name: running_values.sample(np.array(tensor).ravel()) for name, tensor in tensors.items()}


def compiled(optimiser):
    """As the original project ended and compiled its networks."""
    backend.clear_session()
    logits = keras_models.build("vgg_block", SIDE)
    model = Model(logits.input, layers.Activation("softmax")(logits.output))
    model.compile(optimiser(**OPTIONS), loss="categorical_crossentropy", metrics=["accuracy"])
    return model


def numbers_used(optimiser):
    """What Keras makes of OPTIONS in float64: for the moments and the step, and for the bias correction."""
    def rounded(name):
        return float(np.float32(OPTIONS[name]))

    betas = {name: rounded(name) for name in ("beta_1", "beta_2")}
    if optimiser is optimizers.Adam:
        return {"options": OPTIONS, "correction": OPTIONS | betas}
    all_rounded = OPTIONS | betas | {"learning_rate": rounded("learning_rate")}
    return {"options": all_rounded, "correction": all_rounded}


def epoch(optimiser, steps=IMAGES // BATCH):
    model = compiled(optimiser)
    kinds = formula.kinds(IMAGES, keras_models.CLASSES)
    images = keras_models.batch(kinds, side=SIDE)
    labels = utils.to_categorical(formula.labels(kinds, keras_models.CLASSES), keras_models.CLASSES, backend.floatx())
    losses, correct = [], []
    for at in range(0, steps * BATCH, BATCH):
        loss, accuracy = model.train_on_batch(images[at:at + BATCH], labels[at:at + BATCH])
        losses.append(float(loss))
        correct.append(round(float(accuracy) * BATCH))
    return {"losses": losses, "correct": correct, "state": state(model)}


def main():
    backend.set_floatx("float32")
    first_loss = epoch(optimizers.legacy.Adam, steps=1)["losses"]
    backend.set_floatx("float64")
    runs = [{"optimiser": name} | numbers_used(optimiser) | epoch(optimiser)
            for name, optimiser in (("legacy.Adam", optimizers.legacy.Adam), ("Adam", optimizers.Adam))]
    fixture_file.write("keras/keras_epoch.json",
                       {"images": IMAGES, "batch": BATCH, "side": SIDE, "float32": first_loss,
                        "float64": runs},
                       absolute={"float32": 1e-4, "float64": 1e-8})


main()
