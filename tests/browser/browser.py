"""Headless Chromium with a fake camera, and what the cases ask of its page."""
import base64
import json
import shutil
import time

from selenium import webdriver
from selenium.webdriver.common.by import By

ARGUMENTS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
             "--use-fake-device-for-media-stream"]


class Browser:
    def __init__(self, camera, downloads):
        options = webdriver.ChromeOptions()
        for argument in ARGUMENTS + [f"--use-file-for-fake-video-capture={camera}"]:
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
        self.downloads = downloads
        self.command("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(downloads))

    def command(self, name, **parameters):
        return self.driver.execute_cdp_cmd(name, parameters)

    def script(self, text, *arguments):
        return self.driver.execute_script(text, *arguments)

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def click(self, selector):
        """In the middle of the window: at its edge the page's header may lie over an element."""
        element = self.find(selector)
        self.script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector):
        return self.script("return document.querySelector(arguments[0]).textContent", selector)

    def open(self, url, view="camera", before=""):
        """A page anew, with a script that runs before its own, and no token of an earlier one."""
        self.driver.get("about:blank")
        added = self.command("Page.addScriptToEvaluateOnNewDocument", source=f"sessionStorage.clear();{before}")
        self.driver.get(f"{url}/#{view}")
        self.command("Page.removeScriptToEvaluateOnNewDocument", identifier=added["identifier"])

    def open_ready(self, url, view="camera", before=""):
        self.open(url, view, before)
        self.until("'ready' in document.documentElement.dataset")

    def until(self, condition, seconds=20):
        """Waits until an expression is true in the page; textOf(id) is an element's text."""
        end = time.monotonic() + seconds
        prepare = "const textOf = (id) => document.getElementById(id).textContent;"
        while not self.script(f"{prepare} return Boolean({condition})"):
            if time.monotonic() > end:
                raise AssertionError(f"not within {seconds} s: {condition}; the page says: {self.text('main')[:600]}")
            time.sleep(0.05)

    def camera(self, setting):
        """What the user has answered: "granted", "denied" or "prompt"."""
        self.command("Browser.setPermission", permission={"name": "camera"}, setting=setting)

    def start_camera(self):
        self.camera("granted")
        self.click("#start")
        self.until("stage.dataset.state === 'on'")

    def downloaded(self, ending, seconds=10):
        end = time.monotonic() + seconds
        while True:
            if files := list(self.downloads.glob("*" + ending)):
                text = files[0].read_bytes()
                files[0].unlink()
                return files[0].name, text
            if time.monotonic() > end:
                raise AssertionError(f"no file {ending} was saved within {seconds} s")
            time.sleep(0.1)

    def drop(self, name, size):
        """A file of zeros, dropped upon the page."""
        self.script("""
            const files = new DataTransfer();
            files.items.add(new File([new Uint8Array(arguments[1])], arguments[0], {type: 'image/png'}));
            const drop = new DragEvent('drop', {dataTransfer: files, bubbles: true, cancelable: true});
            document.body.dispatchEvent(drop);""", name, size)

    def status_of(self, url, wanted, seconds=10):
        """Asks until the answer is the wanted one; the last one."""
        end = time.monotonic() + seconds
        while True:
            status = self.driver.execute_async_script(
                "fetch(arguments[0]).then((response) => arguments[1](response.status))", url)
            if status == wanted or time.monotonic() > end:
                return status
            time.sleep(0.3)

    def save_picture(self, path):
        picture = self.command("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(picture["data"]))

    def screen(self, width, height, dark=False):
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                     mobile=width < 500)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.command("Emulation.setEmulatedMedia", features=[scheme])

    def network(self, latency=0, download=-1, upload=-1):
        """Milliseconds more to each answer, and bytes a second at most; -1 is as many as there are."""
        self.command("Network.enable")
        self.command("Network.emulateNetworkConditions", offline=False, latency=latency, downloadThroughput=download,
                     uploadThroughput=upload)

    def refusals(self):
        """What the browser refused by the page's policy, or scripts that failed, since the last call."""
        messages = [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]
        return [text for text in messages if "Content Security Policy" in text or "Uncaught" in text]

    def requests(self):
        """[{"name": address, "size": bytes}] of what the page has loaded."""
        return json.loads(self.script(
            "const of = (type) => performance.getEntriesByType(type);"
            "return JSON.stringify([...of('navigation'), ...of('resource')]"
            ".map((entry) => ({name: entry.name, size: entry.transferSize})))"))

    def quit(self):
        self.driver.quit()
