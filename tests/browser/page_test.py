"""The page in a real browser, against a real server.

    python tests/browser/page_test.py --server build/release/bin/fer-serve [CASES...]

--server is the program, with arguments where it needs some, or the address of a running server (then cases that start
it anew are skipped). Needs chromium, chromium-driver and the packages of requirements.txt. CASES as unittest names
them: Camera, Camera.test_stops_when_told
"""
import argparse
import pathlib
import sys
import tempfile
import unittest

import drawn
from browser import Browser
from camera_cases import Camera
from case import World
from files_cases import Files
from operator_cases import Streams, Token
from server import Server, write_option_files
from start_cases import Start

__all__ = ["Start", "Camera", "Files", "Token", "Streams"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", required=True, help="the program with its arguments, or a running server's address")
    parser.add_argument("--fer-data", default="build/release/bin/fer-data", help="draws the faces")
    parser.add_argument("--shots", type=pathlib.Path, help="folder for pictures of the page")
    arguments, cases = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as name:
        folder = World.folder = pathlib.Path(name)
        World.shots = arguments.shots
        (folder / "downloads").mkdir()
        drawn.make_files(arguments.fer_data, folder)
        write_option_files(folder, folder / "clip.avi")
        World.server = Server(arguments.server, folder)
        World.browser = Browser(folder / "camera.y4m", folder / "downloads")
        try:
            program = unittest.main(argv=[sys.argv[0], *cases], exit=False, verbosity=2)
        finally:
            World.browser.quit()
            World.server.stop()
    return 0 if program.result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
