"""Writes tests/fixtures/keras/keras3_traces.json: callbacks and Adam of Keras 3.

    python3.11 -m venv V && V/bin/pip install -r tests/oracles/requirements-keras3.txt
    V/bin/python tests/oracles/keras3_traces.py
"""
import keras_traces
from tensorflow.keras import optimizers


def moments(optimiser, variable):
    return optimiser._momentums[0], optimiser._velocities[0]


keras_traces.write("keras/keras3_traces.json", {"Adam": (optimizers.Adam, moments)})
