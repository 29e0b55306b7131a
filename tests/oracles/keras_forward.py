"""Writes tests/fixtures/keras/keras_forward.json: what the five networks make of a few images in Keras 2.12.

    python3.11 -m venv V && V/bin/pip install -r tests/oracles/requirements-keras2.12.txt
    V/bin/python tests/oracles/keras_forward.py

Weights and images are those of formula.py; the fixture holds logits, and samples of the batch norms' running values after
a pass in training mode, all of it in float32 and in float64. torch_forward.py has the running variances of ResNet-50's
body, which Keras feeds another number.
"""
import gc

import keras_models
import fixture_file
import running_values
from tensorflow.keras import backend, layers

EVALUATED = [0, 3, 5, 6]
TRAINED = [0, 1, 2, 3, 4, 5, 6, 0]


def case(name):
    backend.clear_session()
    gc.collect()  # inception_block takes 1.2 GB a copy
    model = keras_models.build(name)
    evaluated = model(keras_models.batch(EVALUATED), training=False).numpy()
    trained = model(keras_models.batch(TRAINED), training=True).numpy()
    running = {}
    for norm in (layer for layer in model.layers if isinstance(layer, layers.BatchNormalization)):
        running[f"{norm.name}.running_mean"] = running_values.sample(norm.moving_mean.numpy())
        if keras_models.feeds_our_variance(norm):
            running[f"{norm.name}.running_var"] = running_values.sample(norm.moving_variance.numpy())
    return {"model": name, "evaluated": EVALUATED, "trained": TRAINED, "parameters": model.count_params(),
            "evaluation_logits": evaluated.tolist(), "training_logits": trained.tolist(), "running": running}


def cases(dtype):
    backend.set_floatx(dtype)
    return [case(name) for name in keras_models.MODELS]


# In float32 the deep networks' training mode differs by 2e-4 from processor to processor; float64 is what counts.
fixture_file.write("keras/keras_forward.json", {"float32": cases("float32"), "float64": cases("float64")},
                   absolute={"float32": 1e-3, "float64": 1e-9})
