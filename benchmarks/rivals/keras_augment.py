"""Images a second of the original's augmentation by the library that it used: keras-preprocessing 1.1.2, one core."""
import argparse
import time

import numpy as np
from keras_preprocessing.image import ImageDataGenerator

import faces
import result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--images", type=int, default=4000)
    options = parser.parse_args()
    generator = ImageDataGenerator(rescale=1 / 255, zoom_range=0.2, horizontal_flip=True, brightness_range=[0.2, 1.2])
    images = faces.noise(options.images)[0][..., np.newaxis].astype(np.float32)
    for image in images[:20]:
        generator.standardize(generator.random_transform(image))
    start = time.perf_counter()
    for image in images:
        generator.standardize(generator.random_transform(image))
    result.write(program="keras_augment", images_per_s=len(images) / (time.perf_counter() - start),
                 versions={"keras-preprocessing": "1.1.2", "numpy": np.__version__})


if __name__ == "__main__":
    main()
