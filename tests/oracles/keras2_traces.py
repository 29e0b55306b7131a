"""Writes tests/fixtures/keras/keras2_traces.json: callbacks and Adam of Keras 2.12, the oldest that Python 3.11 has.

    python3.11 -m venv V && V/bin/pip install -r tests/oracles/requirements-keras2.12.txt
    V/bin/python tests/oracles/keras2_traces.py
"""
import keras_traces
from tensorflow.keras import optimizers


def moments(optimiser, variable):
    return optimiser._momentums[0], optimiser._velocities[0]


def legacy_moments(optimiser, variable):
    return optimiser.get_slot(variable, "m"), optimiser.get_slot(variable, "v")


keras_traces.write("keras/keras2_traces.json", {
    "Adam": (optimizers.Adam, moments),
    "legacy.Adam": (optimizers.legacy.Adam, legacy_moments),
})
