"""The server under test: a program started here, or one that runs already."""
import re
import shlex
import subprocess
import threading

# What a case needs the server to be started with. {folder} is a folder for its files.
OPTIONS = {
    "": "",
    "token": "--token-file {folder}/token",
    "streams": "--streams {folder}/streams.json",
}
TOKEN = "a-token-of-the-test"
STREAM = "entrance"


def write_option_files(folder, video):
    (folder / "token").write_text(TOKEN + "\n")
    (folder / "streams.json").write_text('{"%s": "%s"}\n' % (STREAM, video))


class Server:
    """`command`: a program with its arguments, or the address of a running server, which cannot be started anew."""

    def __init__(self, command, folder):
        self.running_elsewhere = command.startswith("http")
        self.url = command if self.running_elsewhere else ""
        self._command = shlex.split(command)
        self._folder = folder
        self._process = None

    def start(self, options="", port=0):
        arguments = shlex.split(OPTIONS[options].format(folder=self._folder))
        self._process = subprocess.Popen(self._command + ["--port", str(port)] + arguments, stdout=subprocess.PIPE,
                                         stderr=subprocess.STDOUT, text=True)
        for line in self._process.stdout:
            if found := re.search(r"http://[\w.:\[\]-]+:(\d+)", line):
                self.url = found[0]
                self.port = int(found[1])
                break
        else:
            raise RuntimeError(f"{self._command[0]} ended with {self._process.wait()} and named no address")
        threading.Thread(target=self._process.stdout.read, daemon=True).start()  # a full pipe would stop it

    def stop(self):
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=20)
            self._process.stdout.close()
            self._process = None
