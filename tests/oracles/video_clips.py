#!/usr/bin/env python3
"""Small videos of the kinds that programs get wrong, and what ffprobe says of their frames.

Writes tests/fixtures/video/. Needs ffmpeg and ffprobe (Debian 12: 5.1); not run by tools/test --oracles, since another
build of x264 gives other bytes. Run from the project's root: python3 tests/oracles/video_clips.py
"""
import json
import pathlib
import subprocess

FOLDER = pathlib.Path("tests/fixtures/video")
PATTERN = "testsrc2=size=64x48:rate={rate}:duration={seconds}"
X264 = ["-c:v", "libx264", "-crf", "35", "-pix_fmt", "yuv420p", "-bitexact"]


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-hide_banner", "-loglevel", "error", "-y", *arguments], check=True)


def pattern(rate=25, seconds=1):
    return ["-f", "lavfi", "-i", PATTERN.format(rate=rate, seconds=seconds)]


def frames(path):
    """Presentation times in seconds and the size of a frame, upright."""
    out = subprocess.run(
        ["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries",
         "frame=best_effort_timestamp_time:stream=width,height:stream_side_data=rotation:format=start_time",
         "-of", "json", str(path)], check=True, capture_output=True, text=True).stdout
    found = json.loads(out)
    stream = found["streams"][0]
    size = [stream["width"], stream["height"]]
    if any(int(side.get("rotation", 0)) % 180 for side in stream.get("side_data_list", [])):
        size.reverse()
    start = float(found["format"].get("start_time", 0))
    times = [float(frame["best_effort_timestamp_time"]) - start if "best_effort_timestamp_time" in frame else None
             for frame in found["frames"]]
    return {"size": size, "times": times, "corners": corners(path, size)}


def corners(path, size):
    """Red, green, blue near the four corners of the first frame as ffmpeg shows it: upper left, upper right, lower ..."""
    shown = subprocess.run(["ffmpeg", "-v", "error", "-i", str(path), "-frames:v", "1", "-f", "rawvideo",
                            "-pix_fmt", "rgb24", "-"], check=True, capture_output=True).stdout
    width, height = size
    assert len(shown) == width * height * 3
    points = [(x, y) for y in (4, height - 5) for x in (4, width - 5)]
    return [list(shown[(y * width + x) * 3:(y * width + x) * 3 + 3]) for x, y in points]


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    sound = ["-f", "lavfi", "-i", "sine=440:duration=1", "-c:a", "aac", "-b:a", "16k", "-ac", "1"]
    ffmpeg(*pattern(), *sound, *X264, "-bf", "3", "-g", "25", str(FOLDER / "b_frames.mp4"))
    # Every seventh picture is shown three times as long.
    ffmpeg(*pattern(30), "-vf", "setpts='(N+floor(N/7)*3)/30/TB'", "-vsync", "passthrough", "-enc_time_base", "1:90000",
           *X264, "-bf", "2", str(FOLDER / "variable_rate.mp4"))
    ffmpeg(*pattern(120, 0.5), *X264, str(FOLDER / "fps_120.mp4"))
    # Cut without decoding: an edit list leaves out what stands before the cut.
    ffmpeg("-ss", "0.3", "-i", str(FOLDER / "b_frames.mp4"), "-an", "-c", "copy", "-bitexact", str(FOLDER / "edited.mp4"))
    ffmpeg(*pattern(), *X264, "-bf", "3", "-f", "h264", str(FOLDER / "no_times.h264"))
    ffmpeg(*pattern(), "-c:v", "mjpeg", "-q:v", "20", "-bitexact", str(FOLDER / "mjpeg.avi"))
    ffmpeg(*pattern(), *X264, "-f", "mpegts", str(FOLDER / "late_start.ts"))
    ffmpeg(*sound[:4], "-c:a", "aac", "-b:a", "16k", "-bitexact", str(FOLDER / "sound_only.m4a"))
    # Left half red, right half blue, an odd size.
    ffmpeg("-f", "lavfi", "-i", "color=red:size=33x50:duration=0.2[l];color=blue:size=34x50:duration=0.2[r];[l][r]hstack",
           "-c:v", "libx264", "-crf", "5", "-pix_fmt", "yuv444p", "-bitexact", str(FOLDER / "red_blue.mp4"))
    # A telephone held upright.
    ffmpeg("-i", str(FOLDER / "red_blue.mp4"), "-c", "copy", "-metadata:s:v:0", "rotate=90", "-bitexact",
           str(FOLDER / "rotated.mp4"))
    clips = [path for path in sorted(FOLDER.iterdir()) if path.suffix not in (".json", ".m4a")]
    expected = {path.name: frames(path) for path in clips}
    (FOLDER / "frames.json").write_text(json.dumps(expected, separators=(",", ":")).replace("},", "},\n") + "\n")


if __name__ == "__main__":
    main()
