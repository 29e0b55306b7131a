"""Writes tests/fixtures/augment as keras_augment.py does, profile keras-2.9 by Keras 2.12, the oldest that Python 3.11 has.

    python3.11 -m venv V && V/bin/pip install -r tests/oracles/requirements-keras2.12.txt
    V/bin/python tests/oracles/keras2_augment.py     # and the options of keras_augment.py
"""
import sys

import keras_augment

sys.exit(keras_augment.main())
