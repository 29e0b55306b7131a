"""Seconds an epoch, validation included, of a training in PyTorch on a GPU, in two styles:

  loader  the usual script: a Dataset that augments image by image, a DataLoader with workers, loss.item() every step
  tuned   eager PyTorch at its best: channels_last, bf16, the images on the GPU, batches augmented there in a few calls,
          fused Adam, numbers read once an epoch

    torch_gpu_train.py --style tuned                               28,709 images, on the GPU
    torch_gpu_train.py --style loader --device cpu --images 256    tries it out where there is none
"""
import argparse
import time

import torch
from torch.nn import functional

import faces
import result
import torch_augment
import torch_models


class Faces(torch.utils.data.Dataset):
    def __init__(self, pixels, labels, prepare):
        self.pixels, self.labels, self.prepare = pixels, labels, prepare

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        return self.prepare(self.pixels[index : index + 1])[0], self.labels[index]


class LoaderStyle:
    def __init__(self, options, train, validation):
        self.device = torch.device(options.device)
        self.model = torch_models.build(options.model).to(self.device)
        self.optimiser = torch.optim.Adam(self.model.parameters(), lr=1e-3)
        common = {"batch_size": options.batch, "num_workers": options.workers,
                  "persistent_workers": options.workers > 0, "pin_memory": self.device.type == "cuda"}
        self.train_loader = torch.utils.data.DataLoader(Faces(*train, torch_augment.augment), shuffle=True,
                                                        drop_last=True, **common)
        self.validation_loader = torch.utils.data.DataLoader(Faces(*validation, torch_augment.plain), **common)

    def moved(self, loader):
        for images, labels in loader:
            yield images.to(self.device, non_blocking=True), labels.to(self.device, non_blocking=True)

    def train_epoch(self):
        self.model.train()
        loss_sum = 0.0
        for images, labels in self.moved(self.train_loader):
            self.optimiser.zero_grad()
            loss = functional.cross_entropy(self.model(images), labels)
            loss.backward()
            self.optimiser.step()
            loss_sum += loss.item()
        return loss_sum

    @torch.no_grad()
    def validate(self):
        self.model.eval()
        return sum((self.model(images).argmax(1) == labels).sum().item()
                   for images, labels in self.moved(self.validation_loader))


class TunedStyle:
    def __init__(self, options, train, validation):
        torch.backends.cudnn.benchmark = True
        self.device = torch.device(options.device)
        self.batch = options.batch
        self.pixels, self.labels = (tensor.to(self.device) for tensor in train)
        self.validation = [tensor.to(self.device) for tensor in validation]
        self.model = torch_models.build(options.model).to(self.device, memory_format=torch.channels_last)
        self.optimiser = torch.optim.Adam(self.model.parameters(), lr=1e-3, fused=True)

    def forward(self, images):
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            return self.model(images.contiguous(memory_format=torch.channels_last))

    def train_epoch(self):
        self.model.train()
        loss_sum = torch.zeros((), device=self.device)
        order = torch.randperm(len(self.labels), device=self.device)
        for rows in order.split(self.batch):
            if len(rows) < self.batch:
                break
            self.optimiser.zero_grad(set_to_none=True)
            logits = self.forward(torch_augment.augment(self.pixels[rows]))
            loss = functional.cross_entropy(logits.float(), self.labels[rows])
            loss.backward()
            self.optimiser.step()
            loss_sum += loss.detach()
        return loss_sum.item()

    @torch.no_grad()
    def validate(self):
        self.model.eval()
        large = 8 * self.batch  # nothing is learnt here, so a batch may be as large as is fast
        correct = torch.zeros((), dtype=torch.long, device=self.device)
        for images, labels in zip(*(tensor.split(large) for tensor in self.validation)):
            correct += (self.forward(torch_augment.plain(images)).argmax(1) == labels).sum()
        return correct.item()


STYLES = {"loader": LoaderStyle, "tuned": TunedStyle}


def main():
    parser = argparse.ArgumentParser()
    result.add_options(parser)
    parser.add_argument("--style", choices=STYLES, required=True)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--epochs", type=int, default=3, help="the first warms up and does not count")
    parser.add_argument("--workers", type=int, default=8, help="of the DataLoader")
    parser.set_defaults(images=28709)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    pixels, labels = (torch.from_numpy(array) for array in faces.load(options))
    cut = len(labels) * 4 // 5
    train, validation = ((pixels[part].unsqueeze(1), labels[part]) for part in (slice(cut), slice(cut, None)))
    style = STYLES[options.style](options, train, validation)
    seconds = []
    for _ in range(options.epochs):
        start = time.perf_counter()
        style.train_epoch()
        style.validate()
        seconds.append(time.perf_counter() - start)
    steady = seconds[1:] or seconds
    result.write(program="torch_gpu_train", style=options.style, model=options.model, batch=options.batch,
                 device=torch.cuda.get_device_name() if style.device.type == "cuda" else options.device,
                 images=len(labels), epochs=options.epochs, epoch_s=sorted(steady)[len(steady) // 2], seconds=seconds,
                 images_per_s=cut / (sorted(steady)[len(steady) // 2]),
                 versions={"torch": torch.__version__, "cuda": torch.version.cuda})


if __name__ == "__main__":
    main()
