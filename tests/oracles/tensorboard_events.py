"""Reads the event files of tests/fixtures/tensorboard (written by report_test) with TensorBoard, as a viewer would, and
checks what it says of them; then writes the events it read into the files again, which must not change them.

    pip install -r tests/oracles/requirements-tensorboard.txt && python tests/oracles/tensorboard_events.py
"""
import pathlib
import shutil
import tempfile

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.backend.event_processing.event_file_loader import LegacyEventFileLoader
from tensorboard.summary.writer.record_writer import RecordWriter

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "fixtures/tensorboard"
FIRST = FOLDER / "events.out.tfevents.1700000000.fer"
SECOND = FOLDER / "events.out.tfevents.1700000100.fer"


def expect(found, wanted, what):
    if found != wanted:
        raise SystemExit(f"tensorboard_events: {what}: TensorBoard reads {found}, wanted {wanted}")


def read(folder):
    accumulator = EventAccumulator(str(folder), size_guidance={"scalars": 0, "images": 0, "tensors": 0})
    accumulator.Reload()
    return accumulator


def scalars(accumulator, tag):
    return [(entry.step, entry.value) for entry in accumulator.Scalars(tag)]


def check_the_run():
    """Both files together: what was told again is there once, as it was told last."""
    run = read(FOLDER)
    tags = run.Tags()
    expect(sorted(tags["scalars"]), ["accuracy/validation", "learning_rate", "loss/train"], "scalar tags")
    expect(scalars(run, "loss/train"), [(0, 1.5), (1, 1.125), (2, 1.0)], "loss/train over a resume")
    expect(scalars(run, "accuracy/validation"), [(1, 0.5), (2, 0.75)], "accuracy/validation")
    expect([entry.wall_time for entry in run.Scalars("loss/train")], [1700000002, 1700000101, 1700000102], "wall times")
    expect(tags["images"], ["training_samples"], "image tags")
    (image,) = run.Images("training_samples")
    expect((image.step, image.width, image.height, image.encoded_image_string[:4]), (0, 3, 2, b"\x89PNG"), "image")
    expect(tags["tensors"], ["config"], "text tags")
    (text,) = run.Tensors("config")
    expect(list(text.tensor_proto.string_val), [b'    {"a": 1}'], "text")
    expect(run.SummaryMetadata("config").plugin_data.plugin_name, "text", "plugin of the text")


def check_a_killed_run():
    """The last record cut anywhere: those before it are read."""
    whole = FIRST.read_bytes()
    events = list(LegacyEventFileLoader(str(FIRST)).Load())
    last = len(events[-1].SerializeToString()) + 16
    for cut in (1, 4, last // 2, last - 1):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / FIRST.name).write_bytes(whole[:-cut])
            expect(scalars(read(folder), "loss/train"), [(0, 1.5), (1, 1.25)], f"a file cut by {cut} bytes")


def write_again(path):
    """With TensorBoard's own protocol buffers and records: the same bytes."""
    events = list(LegacyEventFileLoader(str(path)).Load())
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / path.name
        with open(copy, "wb") as file:
            writer = RecordWriter(file)
            for event in events:
                writer.write(event.SerializeToString(deterministic=True))
            writer.flush()
        shutil.copy(copy, path)


check_the_run()
check_a_killed_run()
for name in (FIRST, SECOND):
    write_again(name)
