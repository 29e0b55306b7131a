"""Images a second of a training in Keras on TensorFlow, on the CPU: tf.data augments and loads, model.fit trains."""
import argparse
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import tensorflow as tf

import faces
import keras_models
import result


def pipeline(images, labels, batch):
    """Shuffled, augmented batches without end. A whole batch is augmented in one call, which costs least."""
    # fp32 under a mixed policy too: these are pixels.
    zoom = keras.layers.RandomZoom(0.2, 0.2, fill_mode="nearest", interpolation="bilinear", dtype="float32")
    flip = keras.layers.RandomFlip("horizontal", dtype="float32")

    def augment(pixels, label):
        pictures = flip(zoom(tf.cast(pixels[..., tf.newaxis], tf.float32), training=True), training=True)
        brightness = tf.random.uniform((batch, 1, 1, 1), 0.2, 1.2)
        return tf.minimum(pictures * brightness, 255.0) / 255.0, label

    data = tf.data.Dataset.from_tensor_slices((images, labels))
    data = data.shuffle(len(images)).repeat().batch(batch, drop_remainder=True)
    return data.map(augment, num_parallel_calls=tf.data.AUTOTUNE).prefetch(tf.data.AUTOTUNE)


class Clock(keras.callbacks.Callback):
    def __init__(self, window):
        super().__init__()
        self.window = window

    def on_train_batch_end(self, batch, logs=None):
        self.model.optimizer.iterations.numpy()  # the step is over, not merely begun
        self.window.step()


def main():
    parser = argparse.ArgumentParser()
    result.add_options(parser)
    parser.add_argument("--bf16", action="store_true", help="policy mixed_bfloat16")
    parser.add_argument("--jit", choices=("auto", "on", "off"), default="auto", help="XLA; auto is Keras' default")
    options = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(options.threads)
    tf.config.threading.set_inter_op_parallelism_threads(options.threads)
    keras.utils.set_random_seed(1)
    if options.bf16:
        keras.config.set_dtype_policy("mixed_bfloat16")
    images, labels = faces.load(options)
    model = keras_models.build(options.model)
    model.compile(optimizer=keras.optimizers.Adam(1e-3),
                  loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"],
                  jit_compile={"auto": "auto", "on": True, "off": False}[options.jit])
    window = result.Window(options.warm_up, options.steps)
    model.fit(pipeline(images, labels, options.batch), epochs=1, steps_per_epoch=options.warm_up + options.steps,
              callbacks=[Clock(window)], verbose=0)
    result.write(program="keras_train", model=options.model, batch=options.batch, threads=options.threads,
                 precision="mixed_bfloat16" if options.bf16 else "fp32", jit=model.jit_compile, steps=options.steps,
                 images_per_s=window.images_per_s(options.batch) if options.steps else None,
                 first_step_s=window.first_step_s,
                 versions={"keras": keras.__version__, "tensorflow": tf.__version__})


if __name__ == "__main__":
    main()
