"""How long the usual Python way takes to read a FER-2013 CSV: csv_read.py fer2013.csv [--way NAME]

pandas reads the text, numpy.fromstring or str.split turns each row's pixels into bytes. Compare with bench-reader.
"""
import argparse
import time

import numpy
import pandas

import result

WAYS = {
    "numpy.fromstring": lambda text: numpy.fromstring(text, dtype=numpy.uint8, sep=" "),
    "str.split": lambda text: numpy.array(text.split(" "), dtype=numpy.uint8),
}


def read(path, pixels):
    table = pandas.read_csv(path)
    return numpy.stack([pixels(text) for text in table["pixels"]]), table["emotion"].to_numpy(), table["Usage"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("csv")
    parser.add_argument("--way", choices=WAYS, default="numpy.fromstring")
    options = parser.parse_args()
    start = time.perf_counter()
    images, _, _ = read(options.csv, WAYS[options.way])
    seconds = time.perf_counter() - start
    result.write(program="csv_read", way=options.way, pandas=pandas.__version__, numpy=numpy.__version__,
                 rows=len(images), seconds=seconds)


if __name__ == "__main__":
    main()
