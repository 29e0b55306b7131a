"""Images a second of a training in PyTorch on the CPU.

The images stay in memory as bytes and a batch is augmented in a few calls within the loop: measured, that costs less
than a DataLoader, whose workers take cores from the step.
"""
import argparse

import torch
from torch.nn import functional

import faces
import result
import torch_augment
import torch_models


def batches(images, labels, batch):
    """Shuffled, augmented batches without end."""
    while True:
        order = torch.randperm(len(images))
        for rows in order.split(batch):
            if len(rows) == batch:
                yield torch_augment.augment(images[rows]), labels[rows]


def main():
    parser = argparse.ArgumentParser()
    result.add_options(parser)
    parser.add_argument("--channels-last", action="store_true")
    parser.add_argument("--bf16", action="store_true", help="forward pass under autocast")
    parser.add_argument("--compile", action="store_true", help="torch.compile; its compiling falls into the warm-up")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    pixels, labels = (torch.from_numpy(array) for array in faces.load(options))
    pixels = pixels.unsqueeze(1)
    layout = torch.channels_last if options.channels_last else torch.contiguous_format
    model = torch_models.build(options.model).to(memory_format=layout).train()
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)
    network = torch.compile(model) if options.compile else model
    window = result.Window(options.warm_up, options.steps)
    loss_sum, correct = torch.zeros(()), torch.zeros((), dtype=torch.long)
    for step, (images, wanted) in enumerate(batches(pixels, labels, options.batch)):
        if step == options.warm_up + options.steps:
            break
        optimiser.zero_grad(set_to_none=True)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.bf16):
            logits = network(images.contiguous(memory_format=layout))
            loss = functional.cross_entropy(logits, wanted)
        loss.backward()
        optimiser.step()
        loss_sum += loss.detach()
        correct += (logits.argmax(1) == wanted).sum()
        window.step()
    result.write(program="torch_train", model=options.model, batch=options.batch, threads=torch.get_num_threads(),
                 precision="bf16 autocast" if options.bf16 else "fp32", channels_last=options.channels_last,
                 compile=options.compile, steps=options.steps,
                 images_per_s=window.images_per_s(options.batch) if options.steps else None,
                 first_step_s=window.first_step_s, versions={"torch": torch.__version__})


if __name__ == "__main__":
    main()
