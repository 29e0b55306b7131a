"""The original's augmentation in PyTorch: zoom 0.2, horizontal flip, brightness 0.2 .. 1.2, rescale by 1/255."""
import torch
from torch.nn import functional


def augment(pixels):
    """N x 1 x 48 x 48 uint8 on any device to float: the whole batch in a few calls."""
    count, device = len(pixels), pixels.device
    zoom = torch.empty(count, 2, device=device).uniform_(0.8, 1.2)
    flip = torch.randint(0, 2, (count,), device=device) * 2 - 1
    affine = torch.zeros(count, 2, 3, device=device)
    affine[:, 0, 0] = zoom[:, 0] * flip
    affine[:, 1, 1] = zoom[:, 1]
    grid = functional.affine_grid(affine, pixels.shape, align_corners=True)
    pictures = functional.grid_sample(pixels.float(), grid, padding_mode="border", align_corners=True)
    brightness = torch.empty(count, 1, 1, 1, device=device).uniform_(0.2, 1.2)
    return (pictures * (brightness / 255)).clamp_(max=1)


def plain(pixels):
    return pixels.float() / 255
