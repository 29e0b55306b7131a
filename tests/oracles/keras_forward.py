"""Writes tests/fixtures/keras/keras_forward.json: what the five networks make of a few images in Keras 2.12.

    python3.11 -m venv V && V/bin/pip install -r tests/oracles/requirements-keras_forward.txt
    V/bin/python tests/oracles/keras_forward.py

Weights and images are those of formula.py; the fixture holds logits, and samples of the batch norms' running values after
a pass in training mode. ResNet-50's body has none: see keras_models.resnet50; torch_forward.py has them.
"""
import keras_models
import fixture_file
import running_values
from tensorflow.keras import layers

EVALUATED = [0, 3, 5, 6]
TRAINED = [0, 1, 2, 3, 4, 5, 6, 0]


def norms(model):
    """The batch norms whose running variance is fed as ours is."""
    return [layer for layer in model.layers if isinstance(layer, layers.BatchNormalization)
            and not (layer.axis == [3] and layer.fused is False)]


def case(name):
    model = keras_models.build(name)
    evaluated = model(keras_models.batch(EVALUATED), training=False).numpy()
    trained = model(keras_models.batch(TRAINED), training=True).numpy()
    running = {}
    for norm in norms(model):
        running[f"{norm.name}.running_mean"] = running_values.sample(norm.moving_mean.numpy())
        running[f"{norm.name}.running_var"] = running_values.sample(norm.moving_variance.numpy())
    return {"model": name, "evaluated": EVALUATED, "trained": TRAINED, "parameters": model.count_params(),
            "evaluation_logits": evaluated.tolist(), "training_logits": trained.tolist(), "running": running}


fixture_file.write("keras/keras_forward.json", {"models": [case(name) for name in keras_models.MODELS]}, absolute=2e-5)
