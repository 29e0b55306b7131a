"""Prints the largest difference between fer-eval's probabilities and those of other runtimes on the exported model, at batch
sizes 1, 7 and 64. Runtimes that are not installed are left out. (No fixture: it needs a run.)

    fer-eval --run RUN --split validation && fer-export --run RUN --format onnx --out model.onnx
    pip install onnx onnxruntime opencv-python-headless openvino
    python tests/oracles/onnx_parity.py model.onnx RUN/eval/validation/predictions.csv fer2013.csv --images 1000
"""
import argparse
import csv
import importlib
import itertools
import json

import numpy
import onnx

FIRST_CLASS = 4  # columns before it: row, usage, label, predicted


def read_predictions(path, images):
    with open(path, newline="") as file:
        rows = list(itertools.islice(csv.reader(file), 1, images + 1))
    return [int(row[0]) for row in rows], numpy.array([row[FIRST_CLASS:] for row in rows], dtype=numpy.float64)


def read_pixels(path, rows, description):
    wanted, pixels = set(rows), {}
    with open(path, newline="") as file:
        header = next(csv.reader(file))
        for number, row in enumerate(csv.reader(file)):
            if number in wanted:
                pixels[number] = numpy.array(row[header.index("pixels")].split(), dtype=numpy.float32)
    size = description["preprocess"]
    batch = numpy.stack([pixels[row] for row in rows])
    return (batch * numpy.float32(description["preprocess"]["rescale"])).reshape(
        -1, size["channels"], size["height"], size["width"])


def with_onnxruntime(module, path):
    session = module.InferenceSession(path, providers=["CPUExecutionProvider"])
    return lambda batch: session.run(None, {"images": batch})[0]


def with_opencv(module, path):
    network = module.dnn.readNetFromONNX(path)

    def run(batch):
        network.setInput(batch)
        return network.forward().copy()

    return run


def with_openvino(module, path):
    # Without the hint it computes in bf16 where the processor can.
    model = module.Core().compile_model(path, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    return lambda batch: model(batch)[0]


RUNTIMES = {"onnxruntime": with_onnxruntime, "cv2": with_opencv, "openvino": with_openvino}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model")
    parser.add_argument("predictions")
    parser.add_argument("data")
    parser.add_argument("--images", type=int, default=1000)
    arguments = parser.parse_args()
    onnx.checker.check_model(arguments.model)
    metadata = {item.key: item.value for item in onnx.load(arguments.model, load_external_data=False).metadata_props}
    rows, expected = read_predictions(arguments.predictions, arguments.images)
    pixels = read_pixels(arguments.data, rows, json.loads(metadata["fer"]))
    for name, runtime in RUNTIMES.items():
        try:
            module = importlib.import_module(name)
        except ImportError as error:
            print(f"{name}: {error}")
            continue
        run = runtime(module, arguments.model)
        for size in (1, 7, 64):
            found = numpy.concatenate([run(pixels[i:i + size]) for i in range(0, len(pixels), size)])
            print(f"{name} {module.__version__}, batch {size}: {numpy.abs(found - expected).max():.1e}")


if __name__ == "__main__":
    main()
