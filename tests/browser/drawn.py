"""What the browser's fake camera shows, and files to upload: drawn faces of `fer-data synth` that move over grey."""
import csv
import math
import pathlib
import struct
import subprocess
import zlib

WIDTH, HEIGHT, FACE, FPS = 640, 480, 160, 15
GROUND = 128
FOUND = (8, 14)  # rows of `fer-data synth`: faces that both detectors find wherever they are


def faces(fer_data, folder):
    """Two drawn faces, each a list of rows of bytes."""
    path = pathlib.Path(folder) / "faces.csv"
    subprocess.run([fer_data, "synth", path, "--rows", "20", "--width", str(FACE), "--height", str(FACE), "--force"],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    csv.field_size_limit(10**7)
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    pixels = [bytes(map(int, rows[row]["pixels"].split())) for row in FOUND]
    return [[face[y * FACE:(y + 1) * FACE] for y in range(FACE)] for face in pixels]


def frame(two_faces, time):
    """The grey picture at a time in seconds, as rows of bytes."""
    rows = [bytearray([GROUND]) * WIDTH for _ in range(HEIGHT)]
    for index, face in enumerate(two_faces):
        left = int(70 + 320 * index + 40 * math.sin(time + index))
        top = int(150 + 40 * math.cos(time + 2 * index))
        for y, row in enumerate(face):
            rows[top + y][left:left + FACE] = row
    return rows


def write_video(path, two_faces, seconds):
    """Uncompressed YUV4MPEG2, which Chromium's fake camera and FFmpeg read."""
    colour = bytes([128]) * (WIDTH * HEIGHT // 2)
    with open(path, "wb") as file:
        file.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{FPS}:1 Ip A1:1 C420jpeg\n".encode())
        for index in range(int(seconds * FPS)):
            file.write(b"FRAME\n" + b"".join(frame(two_faces, index / FPS)) + colour)


def write_png(path, rows):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 0, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b""))


def make_files(fer_data, folder):
    """camera.y4m, two.png, empty.png, text.png (which is none) and clip.avi (by its bytes what camera.y4m is)."""
    folder = pathlib.Path(folder)
    two = faces(fer_data, folder)
    write_video(folder / "camera.y4m", two, 2 * math.pi)
    write_video(folder / "clip.avi", two, 2)
    write_png(folder / "two.png", frame(two, 0))
    write_png(folder / "empty.png", frame([], 0))
    (folder / "text.png").write_text("This is no picture.\n")
