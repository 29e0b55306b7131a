"""Checks tests/fixtures/onnx/every_layer.onnx, which fer writes, with onnx.checker, and writes what ONNX Runtime makes of it
to every_layer.json beside it.

    pip install -r tests/oracles/requirements-onnx.txt && python tests/oracles/onnx_runtime.py
"""
import numpy
import onnx
import onnxruntime

import fixture_file


def pixels(images):
    """test::pixelNumber() of tests/support/every_layer.hpp."""
    numbers = numpy.arange(images * 30, dtype=numpy.int64) * 37 % 101 / 101
    return numbers.astype(numpy.float32).reshape(images, 1, 6, 5)


def main():
    path = fixture_file.FIXTURES / "onnx" / "every_layer.onnx"
    onnx.checker.check_model(str(path), full_check=True)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    batches = []
    for images in (1, 7, 64):
        (probabilities,) = session.run(["probabilities"], {"images": pixels(images)})
        batches.append({"images": images, "probabilities": [float(p) for p in probabilities.ravel()]})
    fixture_file.write("onnx/every_layer.json", {"batches": batches}, absolute=1e-6)


if __name__ == "__main__":
    main()
