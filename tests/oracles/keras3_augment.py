"""Writes tests/fixtures/augment as keras_augment.py does, profile keras-2.9 by Keras 3 and newer SciPy and Pillow.

    python3.11 -m venv V && V/bin/pip install -r tests/oracles/requirements-keras3.txt
    V/bin/python tests/oracles/keras3_augment.py     # and the options of keras_augment.py
"""
import sys

import keras_augment

sys.exit(keras_augment.main())
